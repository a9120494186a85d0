# userland: tempfile, ischroot, add-shell, remove-shell
f=$(tempfile); echo $?; ls -l $f | cut -c 1-10; tempfile -p ab -s .txt -d . 2>&1 | sed 's/[A-Za-z0-9_]*.txt/X.txt/'; tempfile -n myname; ls myname; tempfile -n myname; echo $?; tempfile -m 600 -n m; stat -c %a m
ischroot; echo $?; ischroot -f; echo $?; ischroot -t; echo $?; ischroot x; echo $?
cat /etc/shells; add-shell /bin/foo; echo $?; tail -2 /etc/shells; add-shell; echo $?; remove-shell /bin/foo; tail -1 /etc/shells; remove-shell; echo $?; add-shell /bin/foo /bin/bar; tail -2 /etc/shells;
