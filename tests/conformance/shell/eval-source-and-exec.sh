# shell: eval joins words, source runs here, exec replaces the shell
cmd='echo "a  b" | tr a A'; eval "$cmd"; eval echo '$HOME'; eval; echo $?
echo 'v=sourced; echo "args $*"; return 4' > lib; . ./lib x y; echo "$? $v"; source lib; echo $?
(exec echo replaced; echo unreached)
(exec nosuch; echo unreached); echo "status $?"
bash -c 'exec -a fancy bash -c "echo \$0"'; exec > log; echo hidden; exec >&2; cat log
source; echo $?
