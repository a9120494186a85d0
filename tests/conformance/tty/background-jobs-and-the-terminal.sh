# tty: a background job that reads is stopped, one that writes only with tostop
# tty: 1
[ "$(ps -o tpgid= -p $$)" -eq $$ ] && echo 'the script is in the foreground'; set -m
stopped() { until [ "$(ps -o stat= -p $1)" = T ]; do sleep 0.1; done; }
gone() { until [ ! -e /proc/$1 ]; do sleep 0.1; done; }
cat & stopped $!; jobs; kill %1; gone $!
stty tostop; bash -c 'echo from the back' & stopped $!; jobs; stty -tostop; kill -CONT $!; gone $!
bash -c 'echo freely' & wait $!
