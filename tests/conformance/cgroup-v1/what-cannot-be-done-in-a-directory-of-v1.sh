# cgroup-v1: names, renaming, links and files
# cgroup: v1
cd /sys/fs/cgroup/pids; mkdir k l 'a b'; mv k kk; mv kk l; mv l kk; mv tasks foo; mv tasks kk; mv kk tasks; rm tasks; touch foo; ln -s x y; ln tasks t2; mknod q p; mkdir tasks; mkdir "$(printf 'a\nb')"; mv kk "$(printf 'c\nd')"; rmdir k; ls -d */; mv kk 'a b/kk'; rmdir 'a b' kk; echo $?
