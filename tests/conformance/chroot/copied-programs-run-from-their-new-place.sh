# chroot: cp of /bin/ls and /bin/busybox elsewhere, links, renamed programs, PATH, exec errors of damaged files
cp /bin/echo ./my-echo; ./my-echo hi; ./my-echo --help | head -1; cp /bin/ls lister; ./lister -d /
./lister nosuch; ln -s /bin/cat c; ./c /etc/hostname; ln /bin/true t 2> /dev/null
cp /bin/busybox ls; ./ls -d /tmp; ./ls nosuch; PATH=.:$PATH; hash -r; ls nosuch; mkdir d
mv my-echo d/e; d/e moved; head -c 100 /bin/ls > broken; chmod +x broken; ./broken; echo "status $?"
: > empty; chmod +x empty; ./empty; echo "status $?"; printf '\177ELF garbage' > elf; chmod +x elf
./elf; echo "status $?"; (exec -a name d/e again); chmod -x d/e; d/e; echo "status $?"
cp /bin/sleep s; ./s 30 & sleep 0.3; rm s; readlink /proc/$!/exe; cat /proc/$!/comm; cp /bin/sleep s
kill $!; ./s 20 & sleep 0.3; echo x > s; echo "status $?"; kill $!
