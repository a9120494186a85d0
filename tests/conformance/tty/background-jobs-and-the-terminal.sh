# tty: a background job that reads is stopped, one that writes only with tostop
# tty: 1
[ "$(ps -o tpgid= -p $$)" -eq $$ ] && echo 'the script is in the foreground'; set -m
sleep 30 & p=$!; until [ "$(ps -o stat= -p $p)" = S ]; do sleep 0.1; done
cat & until [ "$(ps -o stat= -p $!)" = T ]; do sleep 0.1; done; jobs; kill %2
until [ ! -e /proc/$! ]; do sleep 0.1; done; jobs
stty tostop; bash -c 'echo from the back' & until [ "$(ps -o stat= -p $!)" = T ]; do sleep 0.1; done
jobs; stty -tostop; kill -CONT %%; wait %%; echo "status $?"; kill $p
