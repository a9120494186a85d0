# tty: stty, -a, -g, -echo, raw, sane, sizes, control characters, errors
# tty: 1
stty; stty -a; stty -echo; stty | grep -o -- -echo; stty echo; stty rows 30 cols 100; stty size
stty raw; stty; stty sane; stty; stty intr ^X; stty -a | grep -o 'intr = ..'; stty erase ^H; stty
s=$(stty -g); stty -icanon min 5; stty -a | grep -o 'min = .*'; stty "$s"; stty -a | grep -c icanon
stty nosuch; echo "status $?"; stty -F /dev/null; echo "status $?"; stty -F /dev/tty size
stty rows x; echo "status $?"; stty speed; stty cols 80 rows 24
