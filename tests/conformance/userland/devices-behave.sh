# userland: /dev/null, zero, full, random, stdin, fd, tty without a terminal
echo gone > /dev/null; cat /dev/null | wc -c; head -c 3 /dev/zero | od -An -tx1
echo x > /dev/full; echo "status $?"; head -c 10 /dev/urandom | wc -c; echo in | cat /dev/stdin
echo out > /dev/stdout; cat < /dev/tty; echo "status $?"; echo x | cat /dev/fd/0
ls -l /dev/stdin /dev/fd | cut -d' ' -f9-; cat /dev/fd/9; cat /dev/nosuch; echo 1 > /dev/newfile
cat /dev/newfile
