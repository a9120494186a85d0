# block: the super block of an image that was never mounted
truncate -s 10M x.img; mkfs.ext4 -q -L data -U 11111111-2222-3333-4444-555555555555 -E hash_seed=99999999-2222-3333-4444-555555555555 x.img
dumpe2fs -h x.img | grep -v -e ' created:' -e ' write time:' -e 'checked:' -e Checksum:
tune2fs -l x.img | grep -v -e ' created:' -e ' write time:' -e 'checked:' -e Checksum:
od -An -tx1 -j1080 -N2 x.img
dumpe2fs -h /etc/passwd; echo $?
dumpe2fs nosuch; echo $?
tune2fs -l nosuch; echo $?
tune2fs x.img; echo $?
