# userland: seq with steps, -w, -s, -f, negative, fractions, errors
seq 3; seq 2 4; seq 1 2 6; seq 5 -2 1; seq -s, 5; seq -w 8 10; seq -f 'n%03g' 2; seq 0 .5 1
seq 3 1; echo "status $?"; seq -- -1 1 | tr '\n' ' '; echo
seq; echo "status $?"; seq x; echo "status $?"; seq 1 0 3; echo "status $?"; seq 1 2 3 4; seq -z 1
seq 1e3 1001; seq 10000000 10000001
