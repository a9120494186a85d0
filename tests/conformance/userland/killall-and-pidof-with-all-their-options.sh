# killall, pidof: selection, messages, statuses
h() { echo "### $*"; "$@" 2>&1 | sed -n 1p | sed 's/([0-9]*)/(N)/'; echo "[${PIPESTATUS[0]}]"; }
sleep 1000 & bash -c 'exec -a mysleep sleep 1002' & cp /bin/sleep /tmp/longnamesleepingprogram; /tmp/longnamesleepingprogram 100 & sleep 0.3
h killall -V; h killall; h killall nosuch; h killall -q nosuch; h killall -s FOO sleep; h killall -FOO sleep
h killall -0 sleep; h killall -v -0 mysleep; h killall -r 'sl.*p' -0; h killall -r '[' -0; h killall -u nosuch sleep
h killall -u user sleep; h killall -o 1h sleep; h killall -o 1x sleep; h killall -y 1h -0 sleep; h killall -n abc sleep
h killall -I SLEEP -0; h killall --foo; h killall -s 99 sleep; h killall -SIGCONT sleep; h killall -18 sleep
h killall -v -0 longnamesleepingprogram; h killall longnamesleepin -0; h killall /tmp/longnamesleepingprogram -0
h killall sleep nosuch -0; h su user -c 'killall sleep'; h killall -l
echo n | h killall -i longnamesleepingprogram; echo
h pidof nosuch; h pidof; h pidof -q sleep; h pidof -h; h pidof init; h pidof -o 1 init; h pidof /bin/nosuch
pidof /tmp/longnamesleepingprogram | wc -w; pidof sleep mysleep | wc -w; pidof -o %PPID sleep | wc -w; pidof -d, sleep mysleep | tr -d 0-9
