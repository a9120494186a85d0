# proc: every entry of /proc/PID and of a thread, with mode and owner
ls -ln /proc/self/ | awk '{print $1,$3,$4,$9}'
echo; ls -ln /proc/self/task/self 2>&1; ls -ln /proc/thread-self/ | awk '{print $1,$3,$4,$9}'
