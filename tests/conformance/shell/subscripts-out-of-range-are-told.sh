# shell: subscripts before the first element, empty ones, lists for elements
echo $(( '3' + "4" )); (( x = '3' + "4" )); echo $x
let "y='3'"; echo $y
a=(1 2 3); echo "${a[-5]}" after $?; echo $((a[-5])) $?; [[ -v a[-5] ]]; echo $?
test -v 'a[-5]'; echo $?
a[-5]=1; echo st $?
unset 'a[-5]'; echo $?
echo ${#a[-5]}; echo ${a[-5]:-d}
declare 'a[-5]=3'; echo $?
f() { local v=1; unset v; declare -p v; local -p; }; f
f() { local v=1; unset v; v=2; declare -p v; }; v=g; f; declare -p v
f() { local v; declare -p v; local; local -p v; }; f
a[1]=(3 4); echo st $?
a[]=3; echo st $?
echo ${a[]}; echo st $?
A=a B=(b b) env | grep ^B; echo $?
A=1 b[0]=2 env | grep '^[Ab]'
readonly b[7]=8; echo $?
export c[7]=8; echo $?
builtin typeset q=(1 2); echo st $?
