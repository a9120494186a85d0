# namespaces: a pid namespace's init that has died is no zombie before others have waited for who joined by setns
cat > join.py <<'P'
import os, sys, time, ctypes
f = open('/proc/%s/ns/pid' % sys.argv[1])
ctypes.CDLL(None).setns(f.fileno(), 0)
child = os.posix_spawn('/bin/sleep', ['sleep', '60'], os.environ)
open('joined', 'w').close()
while not os.access('go', 0): time.sleep(0.1)
print('the child got', os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
time.sleep(60)
P
unshare -p -f sh -c 'sleep 60; true' & u=$!; until i=$(pgrep -P $u) && [ -n "$i" ] && [ "$(pgrep -P $i)" ]; do sleep 0.1; done
python3 join.py $i & j=$!; until [ -e joined ]; do sleep 0.1; done; kill -9 $i; sleep 0.5
cut -d' ' -f2,3 /proc/$i/stat; cat /proc/$i/wchan; echo; ps -o stat,comm --ppid $j; [ -d /proc/$u ] && echo 'its parent waits'
> go; wait $u; echo $?; ls /proc/$i 2>&1 | sed 's/[0-9][0-9]*/N/'; kill $j
