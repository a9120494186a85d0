# block: the report of mkfs.ext4 for several sizes
for size in 1M 2M 10M 100M 512M; do
  truncate -s $size x.img
  mkfs.ext4 -F -U 11111111-2222-3333-4444-555555555555 x.img; echo $?
  rm x.img
done
