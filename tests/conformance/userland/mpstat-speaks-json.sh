# userland: mpstat -o JSON: its members; what jq finds in it
n() { sed 's/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/HH:MM:SS/; s/: [0-9][0-9]*\.[0-9]*/: N/g'; }
mpstat -o JSON | n; mpstat -o JSON -P ALL 1 2 | n; mpstat -o JSON -n -I SUM | n
mpstat -o JSON -I ALL -P 0 1 1 | n | grep -v '"name"'; mpstat -o JSON -I SCPU | n | tail -30
mpstat -o JSON -P ALL 1 1 | jq -r '.sysstat.hosts[0] | .nodename, ."number-of-cpus", (.statistics[0]."cpu-load" | length), (.statistics[0]."cpu-load"[0] | [.[] | numbers] | add | round)'
mpstat -o JSON 1 > o & sleep 2.5; kill -INT $!; wait $!; echo $?; n < o | tail -12
