# tty: exit and stopped jobs, twice, after jobs; checkjobs; logout and .bash_logout; a job's name as a command
# tty: 1
cat > typed <<'END'
PS1='$ '
set -m
sleep 100 &
kill -STOP %1
until jobs | grep -q Stopped; do :; done
exit
echo still
exit
jobs
exit
END
bash --norc -i < typed 2>&1; echo "status $?"
cat > typed <<'END'
PS1='$ '
set -m
shopt -s checkjobs
sleep 100 &
exit
exit 5
END
bash --norc -i < typed 2>&1 | sed 's/^\(\$ .*\)\[1\] [0-9]*$/\1[1] PID/; s/^\[1\] [0-9]*$/[1] PID/'; echo "status ${PIPESTATUS[0]}"
echo 'echo "leaving with $?"' > .bash_logout
echo 'PS1="$ "' > .bash_profile
printf 'echo in\n' | bash -l -i 2>&1; echo "status $?"
printf 'logout 4\n' | bash -l -i 2>&1; echo "status $?"
printf 'logout\n' | bash --norc -i 2>&1 | sed 's/.*\$ //'
