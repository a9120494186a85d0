# block: mkfs.ext4 makes the file when a size is given
mkfs.ext4 -q new.img 4M; echo $?
stat -c %s new.img
mkfs.ext4 -q other.img 2048; stat -c %s other.img
mkfs.ext4 -q -b 4096 third.img 4096; stat -c %s third.img
