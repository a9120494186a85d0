# namespaces: --propagation private, unchanged, slave, shared
mkdir /tmp/m /tmp/n; unshare -m bash -c 'findmnt -no PROPAGATION /; mount -t tmpfs t /tmp/m'
findmnt /tmp/m; echo "private: $?"
unshare -m --propagation unchanged bash -c 'findmnt -no PROPAGATION /; mount -t tmpfs t /tmp/m'
findmnt -no SOURCE /tmp/m; umount /tmp/m
unshare -m --propagation slave bash -c '
	findmnt -no PROPAGATION /; mount -t tmpfs t /tmp/m; mkfifo /tmp/go; echo > /tmp/go
	cat /tmp/go > /dev/null; findmnt -no SOURCE /tmp/n' & until [ -p /tmp/go ]; do sleep 0.1; done
cat /tmp/go > /dev/null; findmnt /tmp/m; echo "slave: $?"; mount -t tmpfs later /tmp/n
echo > /tmp/go; wait; unshare -m --propagation shared findmnt -no PROPAGATION /
findmnt -no PROPAGATION /
