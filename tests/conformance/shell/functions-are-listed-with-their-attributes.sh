# shell: declare -f and -F by name, by attribute and with -p; export -f and readonly -f list
f() { :; }; g() { echo g; }
declare -xf g; declare -F; declare -f -p g; declare -pF g; declare -f g; declare -F f
export -f; declare -xF; readonly -f g; readonly -f; declare -pf nosuch; echo $?; declare -f nosuch; echo $?
declare -tf f; declare -F
declare v={a,b}; echo $v; export w={c,d}; echo $w; x={a,b}; echo $x; cat <<< {a,b}
declare -A m; m['x]y']=2; unset m['x]y']; declare -p m
h() { local -n ref=ref; ref=1; echo in; }; h
IFS=' :' read a b c <<< 'x : y  z :'; echo "$a|$b|$c"
