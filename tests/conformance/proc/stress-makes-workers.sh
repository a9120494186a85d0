# proc: stress -c forks workers under a dispatcher; -t; killing it; wrong options
stress -c 2 > /dev/null & until [ "$(pgrep -c -P $! stress)" = 2 ]; do sleep 0.1; done 2> /dev/null
ps -o stat,args --ppid $!; ps -o args -p $!; pgrep -c stress; kill $!; wait $!; echo "status $?"
until ! pgrep stress > /dev/null; do sleep 0.1; done; echo gone
stress -q -c 1 -t 1; echo "status $?"
stress -c 1 -t 1 | sed 's/\[[0-9]*\]/[PID]/; s/in [0-9]*s/in Ns/'
stress -c 2>&1 | sed 's/\[[0-9]*\] ([0-9]*)/[PID] (LINE)/'
stress -c x 2>&1 | sed 's/\[[0-9]*\] ([0-9]*)/[PID] (LINE)/'
stress --nosuch 2>&1 | sed 's/\[[0-9]*\] ([0-9]*)/[PID] (LINE)/'; stress | head -3; stress --version
stress -n -c 3 | sed 's/\[[0-9]*\]/[PID]/'
