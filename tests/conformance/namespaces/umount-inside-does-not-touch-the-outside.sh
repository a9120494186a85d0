# namespaces: the copy of the mounts is independent; changes to files are not
mkdir /tmp/d; mount -t tmpfs keep /tmp/d; echo f > /tmp/d/f
unshare -m bash -c '
	umount /tmp/d; ls /tmp/d | wc -l; mount -t tmpfs other /tmp/d; echo g > /tmp/d/g
	echo shared > /tmp/plain; umount /proc; ls /proc | wc -l; ps'
ls /tmp/d; cat /tmp/plain; mountpoint /proc
unshare -m bash -c 'mount --bind /etc/os-release /etc/hostname; head -c 6 /etc/hostname; echo'
cat /etc/hostname
