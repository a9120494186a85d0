# shell: operators, bases, assignment inside $(( )), division by zero
echo $((2+3*4)) $(( (2+3)*4 )) $((7/2)) $((-7/2)) $((-7%3)) $((2**10))
echo $((0x1f)) $((010)) $((2#1011)) $((5>3)) $((5==3)) $((1?10:20))
i=5; echo $((i++)) $i $((++i)) $((i+=10)) $((i<<2)) $((~0)) $((6&3|8^1))
echo $((undefined+1)) $((1,2,3))
((i>100)); echo "status $?"; ((i)); echo "status $?"
echo $((9223372036854775807+1))
(echo $((1/0)); echo unreached); echo "status $?"
(echo $((1+))); echo "status $?"
let "k = 3 * 4"; echo $k
