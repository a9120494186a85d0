# proc: fcntl(2) locks of regions, as /proc/locks and lslocks show them; flock(2) does not mind them
cat > lock.py <<'EOF'
import fcntl, sys, time
f = open('lk', 'r+' if sys.argv[4] == 'r' else 'w')
how = fcntl.LOCK_SH if sys.argv[4] == 'r' else fcntl.LOCK_EX
try:
    fcntl.lockf(f, how | fcntl.LOCK_NB, int(sys.argv[1]), int(sys.argv[2]))
    print('got', sys.argv[1], sys.argv[2])
    sys.stdout.flush()
    time.sleep(float(sys.argv[3]))
    if float(sys.argv[3]) > 5:
        fcntl.lockf(f, fcntl.LOCK_UN, 3, 4)
        sys.stdout.flush()
        time.sleep(4)
except BlockingIOError as e:
    print(e)
EOF
touch lk
python3 lock.py 10 0 7 w & until grep -q . /proc/locks; do sleep 0.1; done
python3 lock.py 5 5 0 w; python3 lock.py 5 10 0 w; python3 lock.py 0 20 0 r; python3 lock.py 1 0 0 r
hide() { sed 's/^[0-9]*: //; s/ [0-9]* fe.*:[0-9]* / PID FILE /' | sort; }
hide < /proc/locks; lslocks -o COMMAND,TYPE,MODE,START,END; flock -n lk echo flock does not mind
exec 7<>lk; flock 7; hide < /proc/locks; exec 7>&-
until [ $(wc -l < /proc/locks) = 2 ]; do sleep 0.1; done; hide < /proc/locks; lslocks -o TYPE,MODE,START,END -n | sort; wait; hide < /proc/locks
