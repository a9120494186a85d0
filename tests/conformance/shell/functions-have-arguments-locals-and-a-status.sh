# shell: positional parameters, local, return, recursion, redefinition of names
f() { local v=in; echo "$# $1 $v $FUNCNAME"; return 7; }
v=out; f a b; echo "$? $v"
fact() { (( $1 < 2 )) && echo 1 || echo $(( $1 * $(fact $(( $1 - 1 )) ) )); }
fact 6
function g { g2() { echo inner; }; }; g2; g; g2
outer() { local x=1; inner; echo "x $x"; }; inner() { x=2; }; outer; echo "[$x]"
local y=1; return 3; echo "still here $?"
unset -f f; f
