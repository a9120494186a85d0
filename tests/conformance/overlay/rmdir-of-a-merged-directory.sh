# overlay: a merged directory goes when nothing in it shows, whiteouts in its upper part or not
mkdir -p l/d l/e u w m; touch l/d/x l/e/y; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rmdir m/d; rm m/d/x; ls -A m/d; ls -A u/d; rmdir m/d; echo "status $?"; stat -c %F u/d; ls m; mkdir m/d
ls -A u/d; touch m/d/new; rmdir m/d; rm m/d/new; rmdir m/d; stat -c %F u/d
rm m/e/y; touch m/e/z; rmdir m/e; mv m/e/z m/z; rmdir m/e; ls -A m; ls -A w/work | wc -l; umount m; rm u/d
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls m m/d
