# overlay: rm -rf of the whole tree leaves whiteouts for the lower names only
mkdir -p l/d/e u w m; touch l/a l/.h l/d/x l/d/e/y
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; touch m/new m/d/n; mkdir m/nd; touch m/nd/z
rm -rf m/* m/.h; ls -A m; ls -lA u | awk 'NR>1 {print $1, $5, $6, $NF}'; ls -A w/work | wc -l; find l | sort
rm -rf m; echo "status $?"; umount m; rm -rf u w m; mkdir u w m
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; find m | sort; find m -delete
echo "status $?"; find u -printf '%y %P\n' | sort
