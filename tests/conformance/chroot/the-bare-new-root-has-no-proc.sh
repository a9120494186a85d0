# chroot: ps and mount in a new root without /proc, and after mounting it
mkdir -p r/{bin,proc,old,tmp}
for b in bash ps mount ls umount; do cp --parents /bin/$b r; ldd /bin/$b | grep -o '/lib[^ ]*' | while read l; do cp -n --parents $l r; done; done
unshare -mpf bash -c '
	mount --bind r r; cd r; pivot_root . old
	exec bash -c "ps; mount; umount /old; echo status \$?; mount -t proc proc /proc; ps -o pid,comm; umount -l /old; mount; echo \$PATH; cd /; echo *"'
chroot r ps; echo "status $?"; chroot r mount; echo "status $?"
chroot r mount -t tmpfs t /tmp; echo "status $?"; mount | tail -1 | cut -d' ' -f1-5
