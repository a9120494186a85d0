# overlay: mv of files and directories of the lower layer; EXDEV is hidden by mv
mkdir -p l/d/e u w m; echo 1 > l/f; echo 2 > l/d/x
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
mv m/f m/g; cat m/g; ls -l u | awk 'NR>1 {print $1, $NF}'; mv m/d m/dd; echo "status $?"
find m | sort; find u | sort; stat -c %F u/d; ls l/d; mv m/dd/x m/x; ls -R m; mkdir m/n; mv m/n m/nn
ls u; mv m/g m/x; cat m/x
