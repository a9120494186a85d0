# tty: foreground group, jobs under set -m read and write, SIGTTIN, SIGTTOU with tostop, SIGHUP of the session
# tty: 1
[ "$(ps -o tpgid= -p $$)" -eq $$ ] && echo 'the script is in the foreground'; set -m
sleep 30 & ps -o stat= -p $!; cat & sleep 0.5; jobs; kill %2; fg %2 > /dev/null 2>&1; stty tostop
echo from the back & sleep 0.5; jobs; stty -tostop; kill %% 2> /dev/null; wait %% 2> /dev/null
bash -c 'ps -o stat= -p $$; kill -INT 0; echo unreached'; echo "status $?"; kill %1; wait
setsid tty; echo "status $?"; setsid bash -c 'echo x > /dev/tty'; echo "status $?"
ps -o stat= -p $$
