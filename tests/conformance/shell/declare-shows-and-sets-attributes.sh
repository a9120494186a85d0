# shell: declare -p -i -r -x -l -u -n -f -F
declare -i n=2+3; n=n*2; echo $n; declare -l low=ABC; declare -u up=abc; echo $low $up
declare -r c=1; declare -x e=2; declare -p n low c e; declare -n ref=n; ref=7; echo $n
f() { declare v=in; echo $v; declare -g g=global; }; f; echo "[$v] $g"; declare -f f; declare -F f
declare -p nosuch; echo "status $?"; declare -a arr=(1 2); declare -A map=([k]=v)
declare -p arr map
typeset t=1; echo $t; export -p | grep ' e='; readonly -p | grep ' c='; unset n; declare -p n
