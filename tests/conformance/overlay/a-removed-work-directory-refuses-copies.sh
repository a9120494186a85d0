# overlay: what is still possible when the work directory was removed under the mount
mkdir l u w m; touch l/a l/b; mkdir l/d; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; rm -rf w/work
rm m/a; echo "status $?"; touch m/new; echo "status $?"; chmod 600 m/b; echo "status $?"; mkdir m/e; echo "status $?"
mv m/new m/new2; echo "status $?"; rm m/new2; echo "status $?"; chmod 700 m/d; rmdir m/d; ls m; umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
rm m/a; echo "status $?"; mv w w2; rm m/b; echo "status $?"; ls m
