# namespaces: overlay as the root of a container, its changes kept apart
mkdir -p base/bin base/etc base/proc base/old up work root; cp /bin/busybox base/bin; for it in sh ls cat rm echo umount; do ln -s busybox base/bin/$it; done; echo one > base/etc/a; echo two > base/etc/b
unshare -m sh -c 'mount -t overlay overlay -o lowerdir=base,upperdir=up,workdir=work root; cd root; pivot_root . old; exec /bin/sh -c "cd /; umount -l /old; echo changed > /etc/a; rm /etc/b; echo new > /etc/c; ls /etc; cat /etc/a"'
cat base/etc/*; ls -l up/etc | cut -c1-10,40- | sed 's/ .* / /'; cat up/etc/c; stat -c '%F %t,%T' up/etc/b; findmnt root
unshare -m sh -c 'mount --bind base base; mount -o remount,bind,ro base; touch base/x; cd base; pivot_root . old; exec /bin/sh -c "echo x > /etc/a; ls /old/etc/passwd"'
