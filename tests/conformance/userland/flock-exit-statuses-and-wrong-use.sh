# userland: flock's operands, options, messages and statuses
flock; echo $?; flock -x; echo $?; flock f; echo $?; flock 9; echo $?; flock nosuchdir/f true; echo $?; flock f -c; echo $?
flock f -c 'echo hi'; echo $?; flock f -c 'exit 3'; echo $?; flock f echo a b; ls -l f | cut -c1-10; flock . echo dir; echo $?
flock f -c 'kill -9 $$'; echo $?; flock f nosuchcmd; echo $?; flock f ./f; echo $?; flock -F f nosuchcmd; echo $?
flock -w x g true; echo $?; flock -E x g true; echo $?; flock -E 300 g true; echo $?; flock -w -1 g true; echo $?
flock -V; flock --bad; echo $?; flock f -c a b; echo $?; flock -c f; echo $?; flock 99999; echo $?; flock -1; echo $?; flock 3x; echo $?
flock /dev/null echo ok; flock /proc/self/stat echo ok; flock /etc/passwd echo ok; SHELL=/nosuch flock f -c 'echo x'; echo $?
