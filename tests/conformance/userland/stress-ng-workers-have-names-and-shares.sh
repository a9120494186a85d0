# userland: stress-ng: names and titles of the workers, their parents, oom_score_adj, memory of vm workers; files of hdd
p() { until [ $(pgrep -c stress-ng) -ge $1 ]; do sleep 0.1; done; sleep 1; for i in $(pgrep stress-ng); do echo "$(ps -o comm= -p $i)|$(ps -o args= -p $i)|$(cat /proc/$i/oom_score_adj)|$(tr '\0' '~' < /proc/$i/cmdline)"; done; kill %1; wait %1; echo "[$?]"; }
stress-ng -q --cpu 2 -t 99 & p 3; stress-ng -q --cpu 1 --io 1 --hdd 1 --hdd-bytes 1M -t 99 & p 4; stress-ng -q --switch 1 -t 99 & p 3
stress-ng -q --vm 1 --vm-bytes 4M -t 99 & p 3; stress-ng -q --cpu 1 -k -t 99 & p 2; stress-ng -q --matrix 1 -t 99 & p 2
# All workers together have --vm-bytes
stress-ng -q --vm 2 --vm-bytes 64M --vm-keep --vm-hang 0 -t 99 & until [ $(pgrep -c stress-ng-vm) = 4 ]; do sleep 0.1; done; sleep 2
ps -C stress-ng-vm -o rss= | sort -n | awk '{print ($1 > 30000 && $1 < 40000)}'; kill %1; wait %1
stress-ng -q --hdd 1 --hdd-bytes 1M -t 99 & until pgrep stress-ng-hdd > /dev/null; do sleep 0.1; done; sleep 1
ls | sed 's/[0-9][0-9]*/N/g'; until f=$(readlink /proc/$(pgrep stress-ng-hdd)/fd/3); do :; done; echo "$f" | sed 's/[0-9][0-9]*/N/g'; kill %1; wait %1; ls
# A worker's priority and processors are those of who starts it
nice -n 7 taskset -c 1 stress-ng -q --cpu 1 -t 99 & until pgrep stress-ng-cpu > /dev/null; do sleep 0.1; done; sleep 1; ps -C stress-ng-cpu -o ni=,psr=,stat= | tr -s ' '; kill %1; wait %1
stress-ng -q --cpu 1 -t 99 --taskset 0 & until pgrep stress-ng-cpu > /dev/null; do sleep 0.1; done; sleep 1; taskset -cp $(pgrep stress-ng-cpu) | sed 's/pid [0-9]*/pid N/'; kill %1; wait %1
