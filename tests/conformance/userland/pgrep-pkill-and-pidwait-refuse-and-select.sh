# pgrep, pkill, pidwait: criteria, messages, statuses
h() { echo "### $*"; "$@" 2>&1 | sed 's/[0-9]\{4,\}/N/g'; echo "[${PIPESTATUS[0]}]"; }
sleep 1000 & sleep 1001 & p=$!; sleep 0.2
h pgrep -c sleep; h pgrep -l sleep; h pgrep -a sleep; h pgrep -x slee; h pgrep -f 'sleep 100[01]' -c; h pgrep -n -a sleep
h pgrep -u nosuch sleep; h pgrep -U 0 -c sleep; h pgrep -G root -c sleep; h pgrep -t pts/0 sleep; h pgrep -d, sleep
h pgrep -i SLEEP -c; h pgrep -r S -c sleep; h pgrep -F /nofile; h pgrep -F /etc/hostname; h pgrep --ns $$ -c sleep
h pgrep --ns $$ --nslist pid,foo -c sleep; h pgrep --ns 99999 sleep; h pgrep; h pgrep a b; h pgrep '['; h pgrep -n -o sleep
h pgrep averyveryverylongpattern; h pgrep -h; h pkill -h; h pidwait -h; h pkill -0 sleep; h pkill -c sleepx; h pkill
h pkill -99 sleep; h pkill --signal CONT sleep; h pkill -e -f 'sleep 1001'; h pidwait nosuchproc; h pidwait
sleep 0.8 & sleep 0.2; h pidwait -e -f 'sleep 0.8'; h pidwait -c nosuch
