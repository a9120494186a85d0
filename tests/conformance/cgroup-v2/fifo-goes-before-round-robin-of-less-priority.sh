# cgroup-v2: priorities decide among real-time tasks
taskset -pc 0 $$ > /dev/null; burn() { taskset -c 1 sh -c "while :; do :; done"; }; burn & burn & sleep 0.5; set -- $(pgrep -f "^sh -c while"); chrt -r -p 5 $1; chrt -f -p 20 $2; sleep 0.5
t() { read -r x < /proc/$1/stat; read -r a b < /proc/$1/schedstat; echo $a; }; a=$(t $1) b=$(t $2); sleep 4; c=$(t $1) d=$(t $2); kill $1 $2; [ $(( (d-b) / 10 )) -gt $((c-a)) ] && echo "the higher one has it all"
