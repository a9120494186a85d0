# mount: what makes umount say busy, and what does not
mkdir m; mount -t tmpfs t m; cd m; umount .; umount ../m; cd ..
sleep 50 < m & sleep 0.2; umount m; kill $!; wait $! 2>/dev/null; echo a > m/f; tail -f m/f > /dev/null & sleep 0.2; umount m; umount -f m; umount -l m; echo $?; ls m; kill $!; wait $! 2>/dev/null
mount -t tmpfs t m; cp /bin/sleep m/s; m/s 30 & sleep 0.2; umount m; kill $!; wait $! 2>/dev/null; umount m; echo $?
mount -t tmpfs t m; mkdir m/n; mount -t tmpfs u m/n; umount m; umount -R m; echo $?; umount m; umount -l m; umount nosuch; umount /etc/passwd
mount -t tmpfs t m; (cd m; exec unshare -m sleep 20) & sleep 0.5; umount m; echo $?; kill $!; wait $! 2>/dev/null
mount -t tmpfs t m; unshare -m sleep 20 & sleep 0.5; umount m; echo $?; kill $!; wait $! 2>/dev/null
mount -t tmpfs t m; chroot m /none; umount m; echo $?; umount -q m; echo $?; umount -q nosuch; echo $?; umount -v m
mount -t tmpfs t m; mount --bind m m; umount -v m; umount -v m; mount -t tmpfs t m; exec 3< m; umount m; exec 3<&-; umount m; echo $?
