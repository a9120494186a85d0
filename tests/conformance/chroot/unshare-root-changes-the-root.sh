# chroot: unshare --root and --wd together with --mount-proc
mkdir -p r/bin r/proc r/sub; cp /bin/busybox r/bin
for a in sh ps ls pwd mount id; do ln -s busybox r/bin/$a; done; unshare -R r /bin/sh -c 'pwd; ls /'
unshare -R r -w /sub pwd; unshare -mpf -R r --mount-proc ps; unshare -mpf -R r --mount-proc mount
ls r/proc | wc -l; unshare -Ur -R r id; unshare -w /nosuch pwd; echo "status $?"
unshare -R r nosuch; echo "status $?"
su user -c 'cd /tmp; cp -r /bin/busybox .; mkdir -p q/bin; cp busybox q/bin; unshare -Ur chroot q /bin/busybox ls /; unshare -Urpfm --mount-proc -R q busybox ls / 2>&1'
