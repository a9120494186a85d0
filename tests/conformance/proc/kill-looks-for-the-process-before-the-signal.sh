# proc: kill(2) finds the process first, then checks the number and the right
/bin/kill -65 99999; echo $?
/bin/kill -0 99999; echo $?
/bin/kill -s FOO 1; echo $?
/bin/kill -TERM 99999 99998; echo $?
/bin/kill -s 0 $$; echo $?
su user -c '/bin/kill -0 1; /bin/kill -CONT 1; /bin/kill -9 99999; kill -0 1; kill -0 -1; echo $?'
