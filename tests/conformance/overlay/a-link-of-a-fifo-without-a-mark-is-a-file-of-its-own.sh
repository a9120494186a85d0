# overlay: with userxattr no mark can be kept on a fifo, so a new name of a copied-up one has another inode number
mkdir l u w m; mkfifo l/p; mknod l/n c 1 3; ln -s x l/s; touch l/f
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,userxattr m
for name in p n s f
do
  ln m/$name m/$name.2
  stat -c '%n %F %h' m/$name m/$name.2
  test "$(stat -c %i m/$name)" = "$(stat -c %i m/$name.2)" && echo one number || echo two numbers
  test "$(stat -c %i l/$name)" = "$(stat -c %i m/$name)" && echo that of the lower layer
  test "$(stat -c %i u/$name)" = "$(stat -c %i m/$name.2)" && echo that of the upper layer
done
umount m; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,userxattr m
for name in p n s f
do test "$(stat -c %i m/$name)" = "$(stat -c %i m/$name.2)" && echo one number || echo two numbers
done
