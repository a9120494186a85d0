# userland: tables, limits and details of System V objects, with wrong options
key() { sed 's/0x[0-9a-f]\{8\}/KEY/'; }
ipcs; ipcmk -Q; ipcmk -M 4096 -p 600; ipcmk -S 3; ipcs | key; ipcs -q | key; ipcs -m -t | sed 's/ Jan .*//'; ipcs -q -p; ipcs -c
ipcs -l; ipcs -l --human; ipcs -lb; ipcs -u; ipcs --human | key; ipcs -b -m | key
ipcs -q -i 0 | grep -v change_time; ipcs -m -i 0 | grep -v 'change_time\|cpid'; ipcs -s -i 0 | grep -v ctime
ipcs -i 0; echo $?; ipcs -q -i 99; echo $?; ipcs -q -i x; echo $?; ipcs -m -s -i 0; echo $?; ipcs -z; echo $?; ipcs x | wc -l; ipcs -V
