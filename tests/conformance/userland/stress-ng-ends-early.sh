# userland: stress-ng: signals to it, to its workers and to all of them
n() { sed 's/\[[0-9]*\]/[PID]/g; s/[0-9][0-9]*\.[0-9]*s/TIME/; s/, [0-9]* vs/, N vs/'; }
s() { stress-ng "$@" 2> l & until pgrep stress-ng- > /dev/null; do sleep 0.1; done; sleep 1.5; }
for k in INT TERM HUP; do s --cpu 2 -t 60; kill -$k $!; wait $!; echo "$k [$?]"; n < l; done
for k in INT TERM HUP ALRM; do s --cpu 1 -t 60; pkill -$k stress-ng-cpu; wait $!; echo "worker $k [$?]"; n < l; done
for k in KILL SEGV; do s --cpu 1 -t 60; pkill -$k stress-ng-cpu; wait $!; echo "worker $k [$?]"; n < l; done
s --cpu 1 -t 4; pkill -USR1 stress-ng-cpu; wait $!; echo "worker USR1 [$?]"; n < l
s --vm 1 --vm-bytes 4M -t 60; pkill -TERM -n stress-ng-vm; wait $!; echo "child TERM [$?]"; n < l
s --vm 1 --vm-bytes 4M -t 5 -v; pkill -KILL -n stress-ng-vm; wait $!; echo "child KILL [$?]"; n < l | grep 'child\|restart\|run'
s --switch 1 -t 60; pkill -KILL -n stress-ng-switc; wait $!; echo "peer KILL [$?]"; n < l
s --cpu 1 -t 60; kill -KILL $!; wait $! 2> /dev/null; echo "KILL [$?]"; until ! pgrep stress-ng > /dev/null; do sleep 0.1; done; n < l; ls
s --vm 1 --vm-bytes 4M -t 60; kill -KILL $!; wait $! 2> /dev/null; until ! pgrep stress-ng > /dev/null; do sleep 0.1; done; echo none left
stress-ng --cpu 1 -t 4 > l 2>&1 & until pgrep stress-ng- > /dev/null; do sleep 0.1; done; sleep 1; kill -USR2 $!; wait $!; sed 's/[0-9][0-9.]*/N/g' l; su user -s /bin/sh -c 'cd /root; stress-ng --cpu 1 -t 1; cd; stress-ng --cpu 1 -t 1 --sched fifo' 2>&1 | n
