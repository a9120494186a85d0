# userland: mpstat: headings, rows and averages for all processors, some, nodes, interrupts; the date's form, decimals
n() { sed 's/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/HH:MM:SS/; /[0-9]\.[0-9]\|^HH.* [0-9]* *[0-9]$/s/  *[0-9][0-9]*\.[0-9]*/ N/g'; }
mpstat | n; mpstat -P ALL | n; mpstat -P 1 | n; mpstat -T -P ALL | n; mpstat -n | n; mpstat -N ALL | n; mpstat -I SUM | n; mpstat -I SUM -P ALL | n
mpstat 1 2 | n; mpstat -P 0,1 1 2 | n; mpstat -u -I SUM 1 1 | n; mpstat -n 1 2 | n; mpstat -P all,0 1 1 | n; mpstat -u -n 1 1 | n
mpstat --dec=0 | sed '1d; s/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/HH:MM:SS/; s/  *[0-9][0-9]*/ N/g'; mpstat --dec=1 | awk 'NR == 4 {print length($3) - index($3, ".")}'
S_TIME_FORMAT=ISO mpstat 1 1 | n; TZ=Asia/Seoul mpstat | awk 'NR == 4 {print substr($1, 1, 2)}'; S_COLORS=always mpstat | n | cat -v | sed 's/;1m\|;22m/;Xm/g; s/\[3[145];Xm *[0-9.]*/[C;Xm N/g'
mpstat 1 > o & sleep 2.5; kill -INT $!; wait $!; echo $?; n < o | uniq; mpstat 1 > o & sleep 2.5; kill $!; wait $!; echo $?; n < o | uniq
