# strace: messages about its command line
strace; echo $?
strace nosuch; echo $?
strace ./nosuch; echo $?
strace /etc/passwd 2>&1 | sed 's/0x[0-9a-f]*/ADDR/'
strace -e trace=foo true; echo $?
strace -e trace=%foo true; echo $?
strace -e foo=bar true; echo $?
strace -e trace='?foo,write' echo x
strace -e trace=/^wri echo x
strace -e trace='!all' true; echo $?
strace --foo true; echo $?
strace -s x true; echo $?
strace -a x true; echo $?
strace -S foo -c true; echo $?
strace -P; echo $?
strace -u nosuch true; echo $?
strace -o /nodir/x true; echo $?
strace -ff -c true; echo $?
strace -c -C true; echo $?
strace -b open true; echo $?
strace -e signal=foo true; echo $?
strace -e status=foo true; echo $?
strace -e quiet=foo true; echo $?
strace -p $BASHPID,x; echo $?
strace -V | head -1
