# proc: file size, cpu time, open files, processes
f=$(mktemp); (ulimit -f 1; yes > $f) 2>/dev/null; echo $?; stat -c %s $f; (ulimit -f 1; trap '' XFSZ; yes > $f); echo $?
(ulimit -t 1; while :; do :; done) 2>/dev/null; echo $?; (ulimit -n 4; exec 5</dev/null); echo $?; (ulimit -n 10; exec 10</dev/null); echo $?
(ulimit -l 0; grep -i locked /proc/self/limits); ulimit -e 40; ulimit -r 99; ulimit -e -r; nice -n -20 nice; ulimit -x 5; ulimit -Hx; ulimit -x 6; ulimit -z; ulimit -n abc; ulimit -n 5 6; echo $?
