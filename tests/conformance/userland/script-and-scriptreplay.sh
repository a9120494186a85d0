# script, scriptreplay: a session in a pseudo-terminal, its log, timing, statuses
D() { sed 's/20[0-9-]* [0-9:]*+00:00/DATE/'; }
script -q -c 'echo hi; tty | tr -d 0-9' out; cat -A out | D
script -c 'echo hi; exit 3' out; echo "status $?"; tail -1 out | D
script -q -e -c 'exit 3' out; echo "status $?"
script -q -e -c 'kill -9 $$' out; echo "status $?"; tail -1 out | D
script -a -q -c 'echo more' out; grep -c Script out
script -T tm -q -c 'echo a; sleep 0.3; echo b' out; sed 's/[0-9.]* /T /' tm
scriptreplay tm out; scriptreplay -t tm -d 10 out; scriptreplay -m 0.1 --log-timing tm -O out
script -q -B io -T tm -c 'echo a' | cat; cut -d' ' -f1,3 tm | grep -v TIME; scriptreplay --summary -T tm | cut -c1-16 | sort
echo 'echo typed; exit 4' | script -q -e -c 'sh' out >/dev/null; echo "status $?"; grep -c typed out
script -q -c 'stty -a | head -1' out
scriptreplay; echo $?; scriptreplay -t nofile; echo $?; scriptreplay -t tm nofile; echo $?; scriptreplay -d x tm out; echo $?
script --foo; echo $?; script a b; echo $?; script -c true /nodir/x; echo $?; script -m foo -c true; echo $?
