# user: what an ordinary user may see of the kernel's threads and do to them
# user: 1
kill -9 2; kill -0 35; taskset -p 1 2; taskset -p 1 3; taskset -p 1 16; renice -n 5 -p 35; chrt -p -f 5 35; chrt -p -o 0 16; prlimit -p 2 --nofile; ionice -c 3 -p 35
cd /proc/2; readlink exe cwd root; ls fd fdinfo ns map_files; cut -d' ' -f 1-9,30-36 stat; cat wchan; echo; head -c 20 environ maps io auxv syscall stack timerslack_ns
echo 1 > oom_score_adj; strace -p 2; nsenter -t 2 -u true; pwdx 2; pmap 2; getpcaps 2; ps -o user,comm,wchan -p 2
