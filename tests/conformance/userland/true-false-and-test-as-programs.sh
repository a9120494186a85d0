# userland: /bin/true, /bin/false, /bin/test, /bin/[ have their own messages
/bin/true; echo $?; /bin/false; echo $?; /bin/true --version | head -1; /bin/false x y; echo $?
/bin/test -d /tmp; echo $?; /bin/[ 1 -lt 2 ]; echo $?; /bin/[ 1 -lt 2; echo $?
/bin/test a -eq 1; echo $?; /bin/test a b; echo $?; /bin/test; echo $?; /bin/test 1 -foo 2; echo $?
