# mount: a bind mount is remounted for some options only, strictatime is none of them
cd /mnt; mount -t tmpfs t /mnt; cd /mnt; mkdir a b; mount --make-private /mnt
for o in strictatime relatime noatime nodiratime noatime,strictatime nodiratime,strictatime sync,dirsync lazytime ro,strictatime rw nosuid,sync; do
  mount --bind a b -o $o; echo "$? $o"; grep /mnt/b /proc/self/mountinfo | cut -d' ' -f6; umount b; done
