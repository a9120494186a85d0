# mount: umount -l leaves locked children connected to what they cover, and takes others apart
cd /mnt; mount -t tmpfs t /mnt; cd /mnt; mkdir a b; mount -t tmpfs t a; mkdir a/m; mount -t tmpfs s a/m; touch a/m/inside
unshare -Urm sh -c 'mount --rbind a b; cd b; umount -l /mnt/b; echo $?; ls; ls m; umount m; echo $?; umount -l m; echo $?; ls m'
unshare -Urm sh -c 'mount --rbind a b; umount b/m; echo $?; umount -R b; echo $?; umount -l b; echo $?; grep -c /mnt /proc/self/mountinfo'
unshare -m sh -c 'cd a; umount -l /mnt/a; ls; ls m; umount m; echo $?'
unshare -m sh -c 'mount --make-rprivate /; cd a/m; umount -l /mnt/a; ls; ls ..'
