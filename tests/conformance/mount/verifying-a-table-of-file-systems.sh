# mount: findmnt --verify: targets, sources, types, order, doubles, what is no line; --verbose
mkdir d; touch f; findmnt --verify; v() { printf "$1\n" > t; echo "== $1"; findmnt -F t --verify 2>&1; echo "status $?"; }
v 'x /root/d tmpfs defaults 0 0'; v 'x relative tmpfs defaults 0 0'; v 'x /nosuch tmpfs noauto 0 0'
v 'x /root/f tmpfs defaults 0 0'; v '/dev/nosuch /root/d ext4 nofail 0 1'; v 'LABEL=x /root/d ext4 defaults 0 0'
v '/dev/vda / ext4 defaults 0 1'; v '/dev/vda / xfs defaults 0 1'; v '/root/f /root/d none bind 0 0'; v 'x'; v ''
v 'a /root/d tmpfs defaults\nb /root/d tmpfs defaults'; v 'a /root/d/e tmpfs defaults\nb /root tmpfs defaults'
printf 'x /root/d tmpfs defaults 0 0\n/dev/nosuch /root ext4 ro 0 2\n' > t; findmnt --verify --verbose -F t
findmnt -F nosuch --verify; echo "status $?"
