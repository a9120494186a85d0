# overlay: data-only layers with :: and options of later kernels
mkdir l d u w m; t() { mount -t overlay o -o "$1" m; echo "$1: $?"; umount m 2>/dev/null; }; t lowerdir=l::d
t lowerdir=l::d::u; t lowerdir=l::d,metacopy=on,redirect_dir=on; t lowerdir+=l,lowerdir+=d; t datadir+=d,lowerdir=l:u
t verity=on,lowerdir=l:d; t uuid=null,lowerdir=l:d; t uuid=auto,lowerdir=l:d; t xino=2,lowerdir=l:d
t lowerdir=l:d,override_creds; t fsync=volatile,lowerdir=l:d; dmesg | sed -n 's/.*] overlayfs: //p'
