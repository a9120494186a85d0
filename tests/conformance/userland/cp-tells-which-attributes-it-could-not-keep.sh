# userland: cp and mv to a file system without user attributes, -a, -p, --preserve
touch f; setfattr -n user.a -v 1 f; setfattr -n user.b -v 2 f; setfattr -n trusted.c -v 3 f; mkdir t; mount -t tmpfs none t
mkdir d; setfattr -n user.d -v 1 d; touch d/x; setfattr -n user.x -v 1 d/x
cp --preserve=xattr f t/1; echo $?; cp -a f t/2; echo $?; cp -p f t/3; echo $?; cp --preserve=all f t/4; echo $?; cp -a --preserve=xattr f t/6; echo $?
cp -a d t; echo $?; cp -r --preserve=xattr d t/e; echo $?; mv f t/5; echo $?; for i in 1 2 3 4 5; do getfattr -d -m - t/$i; done
touch g; setfattr -n user.k -v v g; cp g h; getfattr -d h; cp --preserve=xattr g h; getfattr -d h; setfattr -n user.old -v o h; cp -a g h; getfattr -d h
cp --preserve=mode,timestamps g i; getfattr -d i; cp -r g j; getfattr -d j; cp -a --no-preserve=xattr g k; getfattr -d k; install -p g l; getfattr -d l; echo $?
cp --preserve=mode g /proc/self/comm; echo $?; cp --preserve=timestamps g /proc/self/comm; echo $?
