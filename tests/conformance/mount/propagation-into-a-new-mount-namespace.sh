# mount: unshare -m makes everything private; with --propagation slave, shared and unchanged
mkdir d; for p in private slave shared unchanged
do unshare -m --propagation $p bash -c "findmnt -no PROPAGATION /; mount -t tmpfs $p d; mountpoint d"
mountpoint -q d && { echo "$p got out"; umount d; }; done
unshare -m bash -c 'mount -t tmpfs in d; ls -A d; mount --make-rshared /; findmnt -no PROPAGATION /'
mountpoint -q d || echo none
mkfifo go
unshare -m --propagation slave bash -c 'read < go; mountpoint d; umount d; mountpoint d' & mount -t tmpfs late d
echo > go; wait; mountpoint d
