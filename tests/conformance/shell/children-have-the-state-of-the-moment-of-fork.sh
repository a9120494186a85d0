# shell: a background command sees the shell as it was when it was started
for g in a b c; do bash -c "sleep 0.1; echo $g" & done | sort
for g in a b c; do echo "$g" & done | sort
x=1; { sleep 0.1; echo "group $x"; } & x=2; wait
x=1; (sleep 0.1; echo "subshell $x") & x=2; wait
x=1; echo "builtin $x" & x=2; wait
x=1; echo "in a pipeline $x" | cat & x=2; wait
export y=1; env | grep ^y= & y=2; wait
printenv y & y=3; wait
cd /tmp; pwd & cd /; wait
cd /tmp; sh -c pwd & cd /; wait
cd /tmp; echo * $PWD >/dev/null | pwd & cd /; wait
set -f; echo /et[c] & set +f; wait
echo /et[c] & set -f; wait
set +f
umask 027; sh -c umask & umask 022; wait
set -- one two; echo "$1 $2 $#" & set -- three; wait
f() { echo "function old"; }; f & f() { echo new; }; wait
alias_=1; cat <(echo "substitution $alias_") & alias_=2; wait
v=1; cat <(sleep 0.1; echo "substitution $v") <(v=9; echo $v); v=2
exec 5< <(sleep 0.1; echo "kept $v"); v=3; cat <&5
coproc { sleep 0.1; echo "coprocess $v"; }; v=4; read line <&${COPROC[0]}; echo "$line"; wait
w=1; echo "first $w" | { w=2; cat; echo "second $w"; }
w=1; { sleep 0.1; echo "first $w"; } | { w=2; echo "second $w"; cat; }; echo "after $w"
shopt -s lastpipe; sh -c "sleep 0.1; echo first $w" | { w=7; cat; }; echo "after $w"
w=1; printf "%s\n" "$w" | read w; echo $w
for i in 1 2; do echo "from $i" | w=$i; done; echo "$w"
for i in 1 2 3; do sleep 0.$i && echo "list $i" & done; wait
i=0; while ((i < 3)); do echo "arith $((i))" & ((i++)); done | sort
nosuch_one | nosuch_two 2>&1 | sort
true |
  nosuch_three |
  true
IFS=:; p=a:b; echo $p & IFS=' '; wait
jobs_=1; sleep 0.2 $none & jobs_=2; jobs; wait
