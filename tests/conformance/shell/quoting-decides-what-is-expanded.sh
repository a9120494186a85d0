# shell: single, double, ANSI-C quotes and backslashes
x='a  b'
echo $x "$x" '$x' \$x "\$x" "\x"
echo "a'b" 'a"b' a\ b
echo $'tab\there\nnext \x41 \101 \u00e9'
echo "one\
two" 'three\
four'
echo "" '' | cat -A
echo "`echo back\`echo tick\``" "$(echo "nested "quotes"")"
