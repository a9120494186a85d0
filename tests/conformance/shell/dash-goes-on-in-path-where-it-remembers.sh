# shell: dash: a remembered place in PATH is where the search begins
mkdir d1 d2 d3; for d in d1 d2 d3; do printf "#!/bin/sh\necho $d\n" > $d/prog; chmod +x $d/prog; done; rm d1/prog
cat > in.sh <<'X'
PATH=$PWD/d1:$PWD/d2:$PWD/d3:$PATH
prog; rm d2/prog; prog; cp d3/prog d1/prog; prog; rm d3/prog; prog; echo $?; hash -r; prog; rm -r d1; prog; echo $?
X
dash in.sh
