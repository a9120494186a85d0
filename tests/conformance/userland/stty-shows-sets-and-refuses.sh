# userland: stty - settings of a terminal, special characters, what it refuses
# tty: 1
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t stty
t stty -a
t stty size
t stty speed
s=$(stty -g)
t stty raw
t stty
t stty -raw
t stty $s
t stty -echo; t stty; t stty echo
t stty intr ^G; t stty; t stty intr ^C
t stty erase x; t stty
t stty erase ^?
t stty kill undef quit ^-; t stty; t stty $s
t stty rows 30 cols 100; t stty size
t stty columns 80 rows 24
t stty cbreak; t stty; t stty -cbreak
t stty -icanon min 0 time 5; t stty; t stty $s
t stty sane; t stty
t stty 9600; t stty speed; t stty 38400
t stty ispeed 9600 ospeed 9600
t stty 12345
t stty -nosuch
t stty nosuch
t stty rows
t stty rows x
t stty intr
t stty intr foo
t stty min x
t stty -F /dev/tty size
t stty -F /nosuch
t stty -F /etc/passwd
t stty -F
t stty -a -g
t stty -a echo
t stty -g echo
t stty --nosuch
t stty -F /dev/null
t stty < /dev/null
t stty 0:0:0
t stty crt; t stty
t stty dec; t stty
t stty $s
t stty evenp; t stty; t stty -evenp
t stty nl; t stty; t stty -nl
t stty ek; t stty
t stty lcase; t stty; t stty -lcase
t stty tabs -tabs; t stty
t stty $s
t stty litout; t stty; t stty $s
t stty pass8; t stty; t stty $s
t stty cooked; t stty
t stty ixany -ixon; t stty; t stty $s
t stty cs7; t stty; t stty cs8
t stty -a
