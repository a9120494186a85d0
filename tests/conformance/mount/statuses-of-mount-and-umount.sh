# mount: exit statuses 0, 1, 2, 32 and 64; sums of umount
mkdir d; touch f; s() { "$@" > /dev/null 2>&1; echo "$?: $*"; }; s mount; s mount -t tmpfs x d
s mount nosuch; s mount -Z; s mount a b c; s mount -t xyz x d; s mount -t tmpfs x nosuch
s mount -a -T /dev/null; s mount --help; s mount -V; s mount -o remount nosuch; s mount LABEL=x d
s mount -T nosuch -a; s umount d; s umount d; s umount nosuch; s umount; s umount -Z; s umount d nosuch f
s umount -q d; s umount -R d; s umount -A d; s umount -a -t xyz; s umount -l d; s umount -f nosuch
s umount --help; s mountpoint d; s mountpoint nosuch; s mountpoint; s mountpoint -x d; s mountpoint /
s findmnt nosuch; s findmnt -t xyz; s findmnt -o nosuch; s findmnt /
