# userland: stress-ng: the lines of a run: times in words, counts, dry runs, brief and quiet logs, options in clusters, log files
x() { echo "\$ $*"; stress-ng "$@" 2>&1 | sed 's/\[[0-9]*\]/[PID]/; s/ in [0-9.]*s/ in TIME/'; echo "[${PIPESTATUS[0]}]"; }
stress-ng --version; stress-ng -V; stress-ng --help | head -3; stress-ng -h | head -1
x --cpu 1 -t 1; x --cpu 0 -t 1; x --cpu -1 -t 1; x -c1 -t1s; x --cpu=2 --timeout=1 -q; x --cpu 1 --cpu 2 -t 1
for t in 0 59 60 61 2m 1h 3700 1d 100d 1w 1y 1M 1.5; do x --cpu 1 -n -t $t; done; x --cpu 1 -n
x --cpu 1 --vm 1 --io 1 --hdd 1 --fork 1 --switch 1 --matrix 1 -n -t 1 | grep -v legacy; x --cpu 1 --io 1 -x io -n -t 1; x --cpu 1 -n --sequential 1
x --cpu 1 -n -t 1 --log-brief; x --cpu 1 -n -t 1 -q; x --cpu 1 --cpu-ops 5 -t 9; x --cpu 1 --io 1 --sequential 1 -t 1
stress-ng --cpu 1 -t 1 2> /dev/null; echo "$?"
x --cpu 1 -t 1 --log-file l; sed 's/\[[0-9]*\]/[PID]/; s/ in [0-9.]*s/ in TIME/' l; x --cpu 1 -n -t 1 --log-file /nosuch/l
x --cpu 1 -t 1 --timestamp | sed 's/ng: [0-9:.]* /ng: CLOCK /'; x -c 1 -t 1 --sched rr -v | grep sched:; x -c 1 -t 1 --sched batch -v | grep sched:
