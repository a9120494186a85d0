# shell: jobs, their own process groups, fg, bg, kill %n and the notices in a script
set -m
sleep 60 & sleep 70 &
jobs; [ "$(ps -o pgid= -p $!)" -eq $! ] && echo 'own group'
kill %1; wait %1; echo "status $?"
kill -STOP %2; until [ "$(ps -o stat= -p $!)" = T ]; do sleep 0.1; done; jobs
bg %2; jobs; kill %2; wait; jobs; echo done
fg %9; bg; kill %9; jobs %9; disown %5
