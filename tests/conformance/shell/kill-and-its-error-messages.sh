# shell: the kill built-in: bad targets, names, numbers, lists
kill; echo "status $?"
kill 99999; echo "status $?"
kill -9 99999 88888; echo "status $?"
kill abc; echo "status $?"
kill -NOSUCH $$; echo "status $?"
kill %1; echo "status $?"
kill -l 9 15 137; kill -l TERM SIGKILL; kill -0 $$; echo "status $?"
kill -s; echo "status $?"; kill -99 $$; echo "status $?"
