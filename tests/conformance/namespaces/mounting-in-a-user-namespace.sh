# namespaces: needs its own mount namespace; proc needs its own pid namespace
# user: 1
mkdir m; unshare -Ur mount -t tmpfs t m; echo "status $?"
unshare -Urm bash -c '
	mount -t tmpfs t m && touch m/x && ls m; mount -t proc proc /proc; echo "proc $?"
	mount --bind /etc m && ls -d m/passwd; umount /proc; echo "umount $?"
	mount -t sysfs s m; echo "sysfs $?"; mount -o remount,rw /; echo "remount $?"
	mount -t ext4 /dev/vda m; echo "ext4 $?"; mount -t devtmpfs d m; echo "devtmpfs $?"
	umount -l m; findmnt -no PROPAGATION /'
unshare -Urpfm bash -c 'mount -t proc proc /proc; echo "proc $?"; ps -o pid,args'
unshare -Urn bash -c 'mount -t sysfs s m'
unshare -Urmn bash -c 'mount -t sysfs s m; echo "sysfs $?"; ls m/class/net'; ls m | wc -l
