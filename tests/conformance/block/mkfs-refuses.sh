# block: what mkfs.ext4 refuses, and in which words
mkfs.ext4; echo $?
mkfs.ext4 missing.img; echo $?
mkdir d; mkfs.ext4 d; echo $?
: > empty; mkfs.ext4 empty; echo $?
truncate -s 10K tiny; mkfs.ext4 tiny; echo $?
truncate -s 60K small; mkfs.ext4 -q small; echo $?
truncate -s 1M x.img
mkfs.ext4 -b 1000 x.img; echo $?
mkfs.ext4 -m 60 x.img; echo $?
mkfs.ext4 -O nosuch x.img; echo $?
mkfs.ext4 -U nonsense x.img; echo $?
mkfs.ext4 -t nosuch -q x.img; echo $?
mkfs -t nosuch x.img; echo $?
mkfs.xfs x.img; echo $?
mkfs.ext4 /dev/null; echo $?
mkfs.ext4 /dev/loop3; echo $?
mkfs.ext4 -Z x.img 2>&1 | head -3
