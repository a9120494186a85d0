# overlay: a working directory stays valid while it is copied up and renamed
mkdir -p l/d/e u w m; echo x > l/d/x
mount -t overlay overlay -o redirect_dir=on,lowerdir=l,upperdir=u,workdir=w m
cd m/d; ls; touch new; pwd -P; ls ../../u/d; mv ../d ../dd; /bin/pwd; ls; touch n2; ls ../../u/dd; cd e
rmdir ../e
touch z; echo "status $?"; /bin/pwd; readlink /proc/self/cwd; cd /root; ls m/dd; umount m; echo "status $?"
