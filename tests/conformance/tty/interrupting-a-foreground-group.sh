# tty: SIGINT to the foreground group ends the command and then the script
# tty: 1
bash -c 'trap "echo int in the child; exit 0" INT; kill -INT $$; sleep 5'; echo "handled: $?"
(trap '' INT; bash -c 'kill -INT $$; echo ignored'); echo "status $?"
set -m; trap 'echo exit trap $?' EXIT; bash -c 'kill -INT 0; echo unreached'
echo unreached
