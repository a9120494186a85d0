# block: mkfs.ext4 -d copies a tree into the image
mkdir -p src/sub/deep; echo one > src/one; echo two > src/sub/two; ln -s one src/link; chmod 700 src/sub; seq 10000 > src/seq
truncate -s 8M x.img; mkfs.ext4 -q -d src x.img; echo $?
mkdir m; mount x.img m; (cd m; find . -printf '%p %y %m %s\n' | sort); cat m/sub/two m/link; cmp m/seq src/seq && echo same; umount m
mkfs.ext4 -q -F -d nosuch x.img; echo $?
