# proc: fdinfo of the descriptor that tail -f has
echo 1 > f
tail -f f > /dev/null & pid=$!
until ls -l /proc/$pid/fd | grep -q inotify; do sleep 0.1; done; sleep 0.3
ls -l /proc/$pid/fd/4 | sed 's/.*-> //'
sed "s/ino:$(printf %x $(stat -c %i f)) /ino:F /; s/ignored_mask:0.*/ignored_mask:0/; /^inotify/!s/ino:.*/ino:/" /proc/$pid/fdinfo/4
stat -L -c '%F %a %h' /proc/$pid/fd/4
kill $pid; wait $pid
tail -F f > /dev/null & pid=$!
until ls -l /proc/$pid/fd | grep -q inotify; do sleep 0.1; done; sleep 0.3
grep -o 'wd:.\|mask:[^ ]*' /proc/$pid/fdinfo/4
kill $pid
