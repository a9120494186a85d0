# mount: target is busy while somebody is there; umount -l; an open file; a nested mount
mkdir m; mount -t tmpfs t m; cd m; umount /root/m; echo "status $?"; cd ..
exec 3> m/f; umount m; echo "status $?"; exec 3>&-; mkdir m/n; mount -t tmpfs n m/n; umount m
umount m/n m; echo "status $?"
mount -t tmpfs t m; sleep 50 < m & sleep 0.1
(cd m; umount -l /root/m; pwd; ls; touch x; ls; ls /root/m; mountpoint /root/m); ls m
umount m; echo "status $?"
