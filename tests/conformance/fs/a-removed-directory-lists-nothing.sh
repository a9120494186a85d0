# fs: reading a directory that was removed while somebody is in it or has it open
mkdir q; cd q; rmdir ../q; ls -a; ls -la; ls; echo x > f; mkdir d; ls ..; stat -c '%n %h %s' .; find .; cd /root
mkdir e; exec 3< e; rmdir e; ls -la /proc/self/fd/3/; touch /proc/$$/fd/3/x; stat -L -c '%h %s %F' /proc/$$/fd/3; exec 3<&-
mkdir t; mount -t tmpfs t t; mkdir t/d; cd t/d; rmdir ../d; ls -la; stat -c '%h %s' .; touch x; ln -s a b; mknod p p; cd /root; umount t; echo $?
