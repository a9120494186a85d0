# overlay: listing, making files in and changing the mode of a directory that is gone
mkdir -p l/d u w m; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; mkdir m/q; cd m/q
rmdir ../q; ls -a
touch z; echo "status $?"; mkdir ../q; touch z; echo "status $?"; chmod 700 .; echo "status $?"
stat -c '%a %h' .
cd /root/m/d; rmdir ../d; chmod 700 .; echo "status $?"; stat -c '%a' .; ls -a; readlink /proc/self/cwd
