# block: tune2fs -m, -r, -c, -i, -e, -L, -O, -E and its refusals
truncate -s 10M x.img; mkfs.ext4 -q x.img
f() { tune2fs -l x.img | grep -E "$1"; }
tune2fs -m 1 x.img; f Reserved.block.count
tune2fs -r 100 x.img; f Reserved.block.count
tune2fs -c 20 x.img; f 'mount count'
tune2fs -i 10d x.img; f 'Check interval'
tune2fs -e remount-ro x.img; f Errors
tune2fs -L a-label-that-is-too-long x.img; f volume
tune2fs -o acl,journal_data x.img; f 'Default mount'
tune2fs -m 90 x.img; echo $?
tune2fs -Z x.img 2>&1 | head -1
