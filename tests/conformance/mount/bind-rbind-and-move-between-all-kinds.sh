# mount: each kind of source on each kind of target by bind, rbind and move: what becomes shared, slave or is refused
for src in shared slave unbindable; do for dst in shared slave; do for op in bind rbind move; do
  mkdir -p /mnt/w; mount -t tmpfs w /mnt/w; mount --make-private /mnt/w; mkdir /mnt/w/s /mnt/w/d /mnt/w/p /mnt/w/q
  mount -t tmpfs s /mnt/w/s; mkdir /mnt/w/s/sub; mount -t tmpfs sub /mnt/w/s/sub; mount -t tmpfs d /mnt/w/d; mkdir /mnt/w/d/at
  mount --make-shared /mnt/w/s; mount --make-shared /mnt/w/d; mount --bind /mnt/w/d /mnt/w/p; mount --bind /mnt/w/s /mnt/w/q
  mount --make-$src /mnt/w/s; mount --make-$dst /mnt/w/d
  mount --$op /mnt/w/s /mnt/w/d/at 2>/dev/null; echo "$src $dst $op $?"
  awk '$5 ~ "^/mnt/w/" { o = ""; for (i = 7; $i != "-"; i++) o = o " " $i; print "  " $5 o }' /proc/self/mountinfo
  umount -R /mnt/w
done; done; done
