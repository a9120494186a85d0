# shell: every operator, and how bash complains about expressions
f() { echo "${BASH_LINENO[@]}|${FUNCNAME[@]}|${BASH_SOURCE[@]}"; }; f; echo "${BASH_LINENO[@]}|${FUNCNAME[@]}|${BASH_SOURCE[@]}"
bash -c 'shift 1 2; echo no'; echo $?
bash -c 'for i in 1 2; do continue 1 2; done; echo st $?'; echo $?
bash -c 'for i in 1 2; do break 1 2; done; echo st $?'; echo $?
bash -c 'f() { return 1 2; echo x; }; f; echo st $?'; echo $?
bash -c 'exit 1 2; echo st $?'; echo $?
bash -c 'shift x; echo st $?'; bash -c 'shift -1; echo st $?'; bash -c 'shift 5; echo st $?'; bash -c 'return; echo st $?'; bash -c 'return x; echo st $?';bash -c 'break; echo st $?'; bash -c 'for i in 1; do break x; echo a; done; echo st $?'; bash -c 'for i in 1; do break 0; echo a; done; echo st $?'; bash -c 'for i in 1; do break -1; echo a; done; echo st $?'
bash -c 'exit x'; echo $?; bash -c 'exit 256'; echo $?; bash -c 'exit -1'; echo $?; bash -c 'f() { return 300; }; f; echo $?'
echo $(( 02#0110 )); echo st $?
echo $(( 0x1X )); echo st $?
echo $(( 1 + )); echo $(( * 2 ))
echo $(( 1 = 2 )); echo $((a b)); echo $((1 ? 2)); echo $((1 ? : 3)); echo $((2#3)); echo $((65#1)); echo $((1#1)); echo $((08)); echo $((1.5)); echo $((1 2)); echo $(( (1 )); echo $((1))) 
echo $((5 / 0)); echo $((5 % 0))
x=a; a=x; echo $((x))
echo $(( 2 ** -1 )); echo $((1 << 64)) $((1 << 63)) $((-1 >> 1)) $((1 << -1)); echo $((-9223372036854775808 / -1)) $((-9223372036854775808 % -1)) $((9223372036854775807 + 1)) $((2**63)) $((2**64)) $((-2**2)) $((7 % -3)) $((-7 / 2))
echo $((1,2)) $((i=5, i++)) $i $((i++ + ++i)) $i $((--i)) $((i--)) $i $((- -3)) $((--3)) $((+-+3)) $((!0)) $((!!5)) $((~5)) $((1 || 0 && 0)) $((1 ? 2 : 3 ? 4 : 5)) $((0 ? 1 : 0 ? 2 : 3))
echo $((i += 3, i *= 2, i -= 1, i /= 2, i %= 5, i <<= 3, i >>= 1, i |= 8, i &= 12, i ^= 5))
echo $((16#ff)) $((16#FF)) $((36#z)) $((64#@)) $((64#_)) $((62#Z)) $((37#a)) $((0xff)) $((0XFF)) $((010)) $((2#101)) $((10#08))
echo $(( "3" + 4 )) $(( ${i}5 )) $(( $((1+2)) * 2 )) $(( `echo 3` )) $(($(echo 4)))
echo $((1++)); echo $((++1)) $((3++2)); echo $((i++ ++)); let i=; echo $?; let 'i = 3' 'j=0'; echo $?; let; echo $?; let 1+; echo $?; (( )); echo $?; ((1 +)); echo $?; ((x[)); echo $?
declare -i n; n=1+; echo $?; n=3*4; echo $n; n=abc; echo $n; n+=5; echo $n; n="1 2"; echo no
echo $[1+2] $[ 3 * 4 ]; for ((i=0;i<3;i++)); do echo -n $i; done; echo; for ((;;)); do break; done; for ((i=0;i<2;)) { echo $i; ((i++)); }; for ((i=0; i<; i++)); do :; done; echo $?
for ((i=0; i<1)); do :; done
