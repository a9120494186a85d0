# shell: common mistakes of tests: unquoted variables, missing spaces, = against ==, strings against numbers
v=''; w='a b'
[ $v = x ]; echo "status $?"; [ -n $v ]; echo "status $?"; [ $w = 'a b' ]; echo "status $?"
[ "$v" = x ]; echo "status $?"; [1 = 1]; echo "status $?"; [ 1=2 ]; echo "status $?"
[ 10 \> 9 ]; echo "status $?"
[ 10 -gt 9 ]; echo "status $?"; [ a == a ]; echo "status $?"; [ ! ]; echo "status $?"
[ -f ]; echo "status $?"; [ ! -f /nosuch ]; echo "status $?"
if [ 1 -eq 1.0 ]; then echo eq; fi; echo "status $?"; [ 08 -eq 8 ]; echo "status $?"
(( 08 == 8 )); echo "status $?"; x > y; ls y
