# proc: limits, nice, affinity and oom_score_adj as an ordinary user
su user -c '
ulimit -n 2000000; prlimit --nofile=1:1 --pid 1; prlimit --pid 1 | head -1; ulimit -c unlimited; ulimit -Hu 100; ulimit -u 200
nice -n -5 true; renice -n -1 $$; renice 5 $$ >/dev/null; renice 4 $$; ionice -c1 true; ionice -c3 true; taskset -p 1 1
echo -5 > /proc/$$/oom_score_adj; echo 5 > /proc/$$/oom_score_adj; echo 3 > /proc/$$/oom_score_adj; cat /proc/$$/oom_score_adj; echo 0 > /proc/$$/oom_score_adj; echo $?
choom -n -5 true; choom -n 100 -p $$' 2>&1 | sed -E 's/pid [0-9]+/pid N/g; s/ [0-9]{3,} \(/ N (/; s/^[0-9]{3,} /N /'
