# mount: findmnt --poll shows what is mounted, moved, remounted and unmounted; columns, actions and filters
watch() { (timeout 9 findmnt --poll "$@" >/tmp/out 2>&1; echo "exit $?" >>/tmp/out) & sleep .3; }
seen() { sleep .2; kill "$(pgrep -x findmnt)"; wait; cat /tmp/out; }
mount -t tmpfs w /mnt; mount --make-private /mnt; mkdir -p /mnt/a /mnt/b /mnt/c/a-long-name
watch
mount -t tmpfs one /mnt/a; sleep .1
mount --move /mnt/a /mnt/b; sleep .1
mount -o remount,size=1m /mnt/b; sleep .1
mount -t tmpfs a-long-source /mnt/c/a-long-name; sleep .1
mount --make-shared /mnt/b; sleep .1
umount /mnt/b
seen
watch -o ACTION,TARGET,OLD-TARGET,SOURCE,OPTIONS,OLD-OPTIONS
mount -t tmpfs one /mnt/a; sleep .1
mount --move /mnt/a /mnt/b; sleep .1
mount -o remount,bind,ro /mnt/b; sleep .1
umount /mnt/b
seen
watch -n -t proc,sysfs; mount -t tmpfs one /mnt/a; mount -t proc p /mnt/b; seen
watch --poll=umount -P; umount /mnt/b; mount -o remount,ro /mnt/a; seen
watch -f; umount /mnt/a; seen
findmnt -p -w 100; echo $?
findmnt --poll=mount,bogus; echo $?
findmnt -p -N 99999 -w 10; echo $?
findmnt -o ACTION,TARGET /; echo $?
