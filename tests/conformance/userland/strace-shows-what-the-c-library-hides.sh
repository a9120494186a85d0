cd /tmp
echo == a directory outside of the root has a path all the same
mkdir m m/d
mount -t tmpfs t m
cd m
umount -l /tmp/m
strace -e trace=getcwd /bin/pwd 2>&1 | head -1
cd /tmp/m/d
strace -e trace=getcwd /bin/pwd
mkdir /tmp/q
strace -e trace=getcwd python3 -c 'import os; os.chdir("/tmp"); os.chroot("/tmp/q"); os.getcwd()' 2>&1 | sed -n 's/, [0-9]*) */, SIZE) /; /getcwd(/p'
echo == names that are too long
strace -e trace=sethostname hostname $(printf %065d 0) 2>&1 | sed 's/0x[0-9a-f]*/ADDRESS/'
strace -e trace=setdomainname domainname $(printf %065d 0) 2>&1 | sed 's/0x[0-9a-f]*/ADDRESS/'
strace -e trace=sethostname hostname $(printf %064d 0)
hostname | wc -c
hostname host
