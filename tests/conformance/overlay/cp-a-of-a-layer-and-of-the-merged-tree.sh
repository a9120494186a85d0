# overlay: cp -a of merged flattens the layers; cp -a of upper keeps whiteouts and with --preserve=xattr marks
mkdir -p l/d/e u w m; echo a > l/a; ln -s a l/s; touch l/d/x l/d/e/y; mkfifo l/p
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; rm m/a; rm -r m/d/e; mkdir m/d/e
echo n > m/d/n
cp -a m flat; find flat -printf '%y %P\n' | sort -k2; cp -a u up; find up -printf '%y %P\n' | sort -k2
getfattr -dm opaque up/d/e; umount m; mkdir w2
mount -t overlay overlay -o lowerdir=l,upperdir=up,workdir=w2 m; find m -printf '%y %P\n' | sort -k2
cp -a l/. m/; echo "status $?"; ls m up; diff -r --no-dereference l m; echo "status $?"
