# fs: fallocate of more than there is takes what there is on ext4, and nothing on a tmpfs
fallocate -l 9G x; echo $?; [ $(stat -c %b x) -gt 10000000 ] && echo taken; [ $(stat -c %s x) -gt 5000000000 ] && echo long; rm x; : > y; fallocate -n -l 1M y; stat -c '%s %b' y; mkdir t; mount -t tmpfs -o size=1M t t; fallocate -l 2M t/x; echo $?; stat -c '%s %b' t/x; umount t
