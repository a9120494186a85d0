# shell: without job control & takes /dev/null and ignores SIGINT and SIGQUIT
cat & wait; echo "status $?"
readlink /proc/self/fd/0; { readlink /proc/self/fd/0 & wait; }
sleep 30 & grep SigIgn /proc/$!/status; kill -INT $!; kill -0 $! && echo 'still there'
kill $!; wait $!; echo "status $?"
