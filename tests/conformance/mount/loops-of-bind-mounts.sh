# mount: a directory bound below itself, for find and ls -R, and findmnt's JSON without a tree
mount --make-rprivate /; mount -t tmpfs t /mnt; cd /mnt; mkdir -p a/x/y b/c d; echo f > a/f; mount --bind a a/x
find . | sort; find . -xdev -type d | sort; find a; echo $?; find a -depth; find . -maxdepth 2 | sort; find -L a; find . -name x; find a -printf '%p %y\n'
mount --bind /mnt b/c; find b | sort; echo $?; ls -R b; echo $?; ls -RL b | tail -1; umount b/c; umount a/x
mount -t tmpfs s a; mkdir a/q; mount -t tmpfs r a/q
for o in FSTYPE SOURCE,FSROOT TARGET,FSTYPE; do findmnt -J -R /mnt -o $o; findmnt -R /mnt -o $o; done; findmnt -J -o SOURCE /mnt; findmnt -Jl -R /mnt -o FSTYPE
