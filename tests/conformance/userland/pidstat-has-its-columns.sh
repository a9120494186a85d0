# userland: pidstat: the tables of -u -r -s -d -w -v -R, threads, children, one line for all, command lines, users; averages
n() { sed "s/^[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/HH:MM:SS/; s/^17[0-9]* /EPOCH /; 1s/\t.*//; s/ \($p\|$!\) / PID /" | awk '/^(HH|Av|EP)/ && !/Command/ {for (i = 4; i < NF; i++) if ($i ~ /^-?[0-9.]+[kMB%]?$/ && $i != "-1.00") $i = "N"; $1 = $1} 1'; }
sleep 99 & p=$!; for o in -u -r -s -d -w -v -R; do pidstat $o -p $p | n; done; pidstat -urdw -p $p | n; pidstat -h -urdwsvR -p $p | n
pidstat -t -p $p | n; pidstat -U -p $p | n; pidstat -U root -p $p | n; pidstat -U user -p $p | n; pidstat -l -p $p | n; pidstat -t -U -l -w -p $p | n; pidstat -H -p $p | n
pidstat -T ALL -p $p | n; pidstat -T CHILD -r -p $p | n; pidstat -T ALL -h -ur -p $p | n; pidstat -C 'sl[e]ep' -p ALL | n; pidstat -G sleep -t -p ALL | n; pidstat -C '^nosuch$' | n
pidstat -p $p 1 2 | n; pidstat -u -r -p $p 1 2 | n; pidstat -h -u -r -p $p 1 2 | n; pidstat -p $p,$$ 1 1 | n; pidstat -C nosuch 1 1 | n; pidstat -t -p $p 1 1 | n
pidstat --human -r -p $p | n; pidstat -v -p $p | awk 'NR == 4 {print $4, $5}'; pidstat -R -p $p | awk 'NR == 4 {print $4, $5}'; pidstat -s -p $p | awk 'NR == 4 {print $4}'
chrt -f -p 7 $p; pidstat -R -p $p | awk 'NR == 4 {print $4, $5}'; S_TIME_FORMAT=ISO pidstat -p $p | n; S_COLORS=always pidstat -p $p | cat -v | sed 's/[0-9][0-9]:.*:[0-9][0-9] //; s/ *[0-9][0-9]*\.[0-9]*/ N/g; s/34;[12]*m/C/g; s/ [0-9][0-9]*^/ N^/g; 1s/\t.*//'
su user -c 'pidstat -d -p 1' | n; sleep 2 & pidstat -p $! 1 9 | n | tail -n +3 | sort -u; pidstat 1 > o & sleep 2.5; kill -INT $!; wait $!; echo $?; grep -c Average o > /dev/null; grep -A1 '^$' o | n | grep Av; kill $p
pidstat -e sleep 1 | n | sed 's/ 0 1[0-9]* / 0 PID /'
