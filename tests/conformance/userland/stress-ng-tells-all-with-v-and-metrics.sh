# userland: stress-ng: what -v tells, the columns of --metrics and --metrics-brief, --times, what killed workers leave
n() { sed 's/\[[0-9]*\]/[PID]/g; s/[0-9][0-9]*\.[0-9]*s/TIME/; s/RAM total.*/RAM/; s/buffer size.*/SIZE/; s/type: [a-z0-9]*/FS/; s/#1 SMP.*/VERSION/; s/ -*[0-9][0-9.]*/ N/g'; }
stress-ng --cpu 1 -l 50 -t 1 -v 2>&1 | n | tr -s ' ' | sort; stress-ng --vm 1 --vm-bytes 4M -t 1 -v 2>&1 | n | tr -s ' ' | sort | tail -n +2 | head -12
stress-ng --cpu 2 -t 2 --metrics-brief 2>&1 | n | tr -s ' '; stress-ng --cpu 1 --switch 1 -t 1 --metrics 2>&1 | n | tr -s ' '
stress-ng --hdd 1 --hdd-bytes 1M -t 2 --metrics-brief 2>&1 | n | tr -s ' ' | tail -6
stress-ng --cpu 1 -t 2 --times 2>&1 | sed 's/\[[0-9]*\]/[PID]/; s/[0-9][0-9]*\.[0-9][0-9]/N/g' | tr -s ' '
# Numbers: bogo operations asked for, seconds of the processor that were used
stress-ng --cpu 1 --cpu-ops 20 -t 30 --metrics-brief 2>&1 | awk '$4 == "cpu" {print ($5 >= 20 && $5 <= 21), ($6 < 30)}'
stress-ng --io 1 --io-ops 7 -t 30 --metrics-brief 2>&1 | awk '$4 == "io" {print $5}'
stress-ng --fork 1 --fork-ops 5 -t 30 --metrics-brief 2>&1 | awk '$4 == "fork" {print $5}'
stress-ng --hdd 1 --hdd-ops 9 --hdd-bytes 2M -t 30 --metrics-brief 2>&1 | awk '$4 == "hdd" && NF < 12 {print $5}'
stress-ng --cpu 1 -t 9 -v 2> l & until pgrep stress-ng-cpu > /dev/null; do sleep 0.1; done; sleep 1; pkill -KILL stress-ng-cpu; wait $!; echo $?
n < l | sed 's/flag,.*/flag/' | grep -v 'debug.*\(system\|RAM\|FS\|processors\|invoked\|cache\|start\|method\)' | grep -v 'metrc: \[PID\] cpu'
