# shell: all operators on scalars, lists and maps; quotes in here-documents
x=hello; e=; echo ${x:1} ${x:1:2} ${x: -2} ${x:(-3):2} ${x:0:-1} ${x:9}. ${x:2:0}. ${x::2} ${x:1+1} ${x:$((1))} "${x: -9}". ${#x} ${x#h} ${x##*l} ${x%o} ${x%%l*} ${x#"h"*} ${x/l/L} ${x//l/L} ${x/#h/H} ${x/%o/O} ${x/l} ${x//l} ${x/x/y} ${x//[aeiou]/_} ${x/l*/&&} ${x/l/"&"} ${x/l/\&} ${x//?/[&]} ${x^} ${x^^} ${x^^[el]} ${x,} ${x~} ${x~~} ${e:-d} ${e-d}. ${e:+p}. ${e+p} ${u:-d} ${u-d} ${u+p}. ${u:+p}. ${u:=as} $u ${x@Q} ${x@U} ${x@u} ${x@L} ${x@E} ${x@A} ${x@a}. ${x@P} ${x@K}
a=(one two "three 3"); echo ${a[@]:1} ${a[@]:0:2} "${a[@]: -1}" ${a[@]:1:-1} "${a[*]#t}" ${a[@]/o/0} ${a[@]^} ${#a[@]} ${#a[2]} ${!a[@]} "${a[@]@Q}" "${a[@]@A}" "${a[@]@K}" "${a[@]@k}" "${a[@]@a}" ${a[-1]} "${a[@]%e*}" "${a[*]//e/}" ${a[@]@U}
set -- p1 p2 "p 3"; echo ${@:2} ${@:0:1} ${@: -1} ${*:1:2} ${@:1:0}. "${@@Q}" ${@#p} ${#@} ${#*} ${@:4}. "${*/p/P}" ${@@A}
echo ${x:1:-9}; echo ${@:1:-1}
echo ${a[@]:0:-1}
declare -A m=([k]=v [k2]="v 2"); echo "${m[@]@Q}" "${m[@]@A}" "${m[@]@K}" "${m[@]@k}" ${#m[@]} ${m[k]:0:1} "${m[@]/v/V}" ${m[nokey]-none}
declare -i n=5; declare -r ro=1; declare -x ex=2; declare -l lo=ABC; declare -u up=abc; declare -ai ai=(1+1 2); declare -Ar ar=([a]=1); echo ${n@a} ${ro@A} ${ex@A} ${lo@A} ${up@A} ${ai@A} ${ai[@]@A} ${ar[@]@A} ${ai@a} ${ar@a}; declare -p n ro ex lo up ai ar; declare +i n; n=1+1; echo $n; declare -c cap=hELLO; echo $cap; declare -p cap
q=$'a\nb\t\'\001é\xff"$`\\'; echo "${q@Q}"; printf '%q\n' "$q"; declare -p q; set | grep ^q=; y='\t\n\x41\101\u00e9'; echo "${y@E}"; z='\u@\h \w \$ \d'; v='$x `echo hi` $((1+1)) \\'; echo "${v@P}"
echo "${x#'h'}" "${x#"h"}" ${x#'h'} "${x/'l'/L}" "${x:-'q'}" "${u2:-'q'}" ${u2:-'q r'} "${u2:-"q r"}" ${u2:-"q  r" s} "${u2:-\"q\"}" "${u2:-\'}" ${u2:-\'} "${u2-a\}b}" ${u2-a\}b} "${u2:-$x}" "${u2:-${x#h}}" "${u2:-`echo c`}" "${u2:-~}" ${u2:-~} "${x+"a b"}" ${x+a  b}
cat <<EOF
$x ${x} "q" 'q' \$x \\ \" \` $(echo "c d") `echo "e"` ${x:-"d"} ${u3:-"d q"} ${u3:-'d'} "${u3:-"z"}" $((1+1)) \
joined ~ * $'a' $"b"
EOF
cat <<'EOF'
$x \$ \\ `x`
EOF
cat <<-"EOF"
		tabs $x
	EOF
cat <<A; cat <<B; echo mid
a
A
b
B
cat <<\E
$x
E
cat <<E"O"F
$x
EOF
while read l; do echo "<$l>"; done <<EOF
l1
 l2 
EOF
f() { cat <<EOF
in f $1
EOF
}; f arg; declare -f f; x=$(cat <<EOF
sub ) here
EOF
); echo "$x"; cat <<EOF | tr a-z A-Z
piped
EOF
cat <<E1 <<E2
one
E1
two
E2
echo $'\a\b\e\E\f\n\r\t\v\\\'\"\?\0ab' | od -c | head -3; echo $'\101\x41\u41\U00000041\cA\1012' | od -c; echo "$'a'" $"loc" "a\qb\$c\\d\"e\`f\
g" 'a\b' a\ b \a\\ "!"; echo "${x@Z}"
