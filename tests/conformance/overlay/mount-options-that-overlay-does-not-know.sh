# overlay: unknown options, options without a value, repeated ones, and what dmesg says of each
mkdir l u w m; o() { mount -t overlay overlay -o "lowerdir=l,upperdir=u,workdir=w,$1" m; echo "$1: $?"
mountpoint -q m && { findmnt -no OPTIONS m; umount m; }; }
o foo; o foo=bar; o lowerdir; o workdir; o volatile=1; o default_permissions; o uuid=off
o uuid=on; o uuid=maybe; o metacopy; o metacopy=yes; o size=1m; o upperdir=u; o lowerdir=u
o noexec,nodev,nosuid; o sync; o context=x; o debug; o noauto,user,_netdev; o X-foo.bar,x-systemd.automount
o defaults; o nofail
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
