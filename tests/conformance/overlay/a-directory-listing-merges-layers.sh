# overlay: readdir of several layers: each name once, the upper first; . and .. and link counts of directories
mkdir -p l1/d l2/d l3/d u w m; touch l1/d/a l1/d/b l2/d/b l2/d/c l3/d/c l3/d/e; mkdir l3/d/sub l2/d/sub
touch l3/d/sub/3 l2/d/sub/2; echo 1 > l1/d/b; echo 22 > l2/d/b
mount -t overlay overlay -o lowerdir=l1:l2:l3,upperdir=u,workdir=w m; ls -a m/d; ls m/d/sub
stat -c '%s' m/d/b; stat -c '%h %n' m m/d m/d/sub; ls -f m/d | sort; touch m/d/new; rm m/d/c; ls m/d
mknod l1/d/e c 0 0; ls m/d; ls -d m/d/e; stat -c %h m/d; ls -ai m/d | awk '{print $2}'
