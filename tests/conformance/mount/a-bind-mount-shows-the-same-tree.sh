# mount: --bind of a directory and of a file, changes on both sides, nested mounts, --rbind
mkdir -p a/sub b c; echo one > a/f; mount -t tmpfs inner a/sub; touch a/sub/deep
mount --bind a b; ls b b/sub; echo two > b/f; cat a/f; mount --rbind a c; ls c/sub
findmnt -no SOURCE,FSTYPE c | sed 's/^[^[]*//'; mount | grep -c root/
umount b; umount c; echo "status $?"; umount -R c; echo filebelow > x; echo over > y
mount --bind y x; cat x; rm x; echo "status $?"; mv x z; echo "status $?"; echo new > x; cat y
umount x; cat x; rmdir a/sub; echo "status $?"; rm -r a/sub
