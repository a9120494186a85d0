# mount: set-user-id mount and umount canonicalize what a user names without privileges; unmapped ids cannot
cd /mnt; mount -t tmpfs t /mnt; cd /mnt; mkdir a b; touch f
unshare -U umount a; echo $?; unshare -U umount nosuch; echo $?; unshare -U umount a nosuch; echo $?
unshare -U umount -l a; echo $?; unshare -U umount -n a; echo $?; unshare -U umount -R a; echo $?
unshare -U mount nosuch; echo $?; unshare -U mount --bind a b; echo $?
setpriv --reuid 1000 umount a; echo $?; setpriv --reuid 1000 umount nosuch a; echo $?; setpriv --reuid 1000 umount /mnt; echo $?
setpriv --reuid 1000 mount a; echo $?; setpriv --reuid 1000 mount --bind a b; echo $?
unshare -Ur mount --bind f f; echo $?; unshare -Ur mount --bind a b; echo $?; unshare -Ur mount --bind a nosuch; echo $?
unshare -m sh -c 'umount -l /proc; umount a; umount nosuch; umount /mnt/a'; echo $?
