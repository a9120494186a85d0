# proc: a script's processes share its group; setsid makes a session; set -m groups
sleep 40 & [ "$(ps -o pgid= -p $!)" -eq $$ ] && echo 'same group'
[ "$(ps -o sid= -p $!)" -eq $$ ] && echo 'same session'; kill $!
setsid sleep 41 & until pgrep -fx 'sleep 41' > p; do sleep 0.1; done; q=$(cat p)
[ "$(ps -o sid= -p $q)" -eq $q ] && echo 'own session'
[ "$(ps -o pgid= -p $q)" -eq $q ] && echo 'own group'; ps -o tty= -p $q; kill $q; wait
set -m
sleep 42 | sleep 43 & [ "$(ps -o pgid= -C sleep | sort -u | wc -l)" = 1 ] && echo 'a pipeline is a group'
kill -TERM -$(ps -o pgid= -p $! | tr -d ' '); wait; pgrep sleep; echo "none left: $?"
kill -TERM -99999; set +m; setsid; echo "status $?"; setsid nosuch; echo "status $?"
