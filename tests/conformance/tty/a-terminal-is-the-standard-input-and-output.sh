# tty: tty, test -t, stty size, TERM, the names of the descriptors
# tty: 1
tty; echo "status $?"; [ -t 0 ] && [ -t 1 ] && echo terminal; readlink /proc/self/fd/{0,1,2}
stty size; echo $TERM; echo $COLUMNS $LINES; tty < /dev/null; echo "status $?"
ls -l $(tty) | cut -d' ' -f1,3,4; [ -t 1 ] | cat; (tty) | cat; tput cols; tput lines
echo hi > /dev/tty; ls -l /dev/tty | cut -c1-10; stty size < /dev/null; echo "status $?"
ps -o tty=,args= -p $$; who; w | tail -n +2 | head -1 | tr -s ' '; mesg
