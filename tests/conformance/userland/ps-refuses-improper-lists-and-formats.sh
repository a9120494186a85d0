# ps: errors in lists and formats, and what may follow a bare number
h() { echo "### $*"; "$@" 2>&1 | sed -n 1,2p; echo "[${PIPESTATUS[0]}]"; }
h ps -p 0; h ps -p -1; h ps -p abc; h ps -p 1,x; h ps --ppid 0 -o comm; h ps 1 o pid,comm; h ps -9; h ps -%; h ps -y; h ps --foo; h ps -u nosuch; h ps --user nosuch
h ps -o pid,,comm -p 1; h ps -o ,pid -p 1; h ps -o pid, -p 1; h ps -o pid:0 -p 1; h ps -o pid:x -p 1; h ps -o pid:9 -p 1; h ps -o foo; h ps -o; h ps -O foo; h ps --sort=-pid,foo; h ps kfoo; h ps -C; h ps --ppid
h ps -opid=,comm= -p 1; h ps -o pid=A,comm=B -p 1; h ps -p1 -opid; h ps -p 1,99999 -o comm; h ps -p 99999; h ps -o label -p 1; h ps -o cls,rtprio,policy -p 1
