# shell: local, temporary and readonly variables, and what unset brings to light
f(){ local v=5 w; local -a q; local -A z=([a]=1); local; echo --; local -p; echo --; local -x; }; f
g=1; f(){ local g; echo "${g-un}"; g=2; unset g; echo "${g-un}"; g=3; declare -p g; }; f; echo $g
f(){ unset g; echo "${g-un}"; local g=2; }; f; echo "${g-un}"
v=1; shopt -s localvar_unset; unlocal() { unset v; }; f() { local v=2; unlocal; echo "${v-un}"; }; f; shopt -u localvar_unset
shopt -s localvar_inherit; declare -i v=7; f() { local v; echo $v; v=3+4; echo $v; }; f; shopt -u localvar_inherit
f() { local -I v; declare -p v; }; f
v=9 eval 'echo $v; v=10; echo $v'; echo $v
v=9 declare -p v; v=9 export v; declare -p v
set -o posix; w=5 :; echo "w=$w"; w=6 export zz; echo $w; f() { :; }; w=7 f; echo $w; w=8 eval true; echo $w; set +o posix
a=1 b=$a env | grep '^[ab]='
readonly r=1; r=2 env | grep ^r=; echo $?; r=2 true; echo $?; r=3; echo no
echo next; f() { local r=3; echo in $r; }; f; declare -r r; unset r; echo $?
declare -r q=1; declare q=2; echo $?; readonly q=3; echo $?; export q=4; echo $?; : ${q:=5}; (( q=3 )); echo $?; read q <<< x; echo $?; printf -v q x; echo $?; for q in 1; do echo loop; done; echo $?; let q=4; echo $?
getopts a q -a; echo $?; mapfile q </dev/null; echo $?; q+=1; echo n
