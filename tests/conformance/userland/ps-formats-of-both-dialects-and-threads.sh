# userland: ps: formats of both dialects mixed, threads, security, -O, AIX formats, narrow screens
sleep 100 &
P=$!
until [ "$(cat /proc/$P/wchan)" = hrtimer_nanosleep ]; do sleep 0.1; done
hide='s/\b1[0-9][0-9][0-9]\b/PPPP/g; s/[0-9]*:[0-9][0-9]:[0-9][0-9]/H:MM:SS/g; s/[0-9][0-9]:[0-9][0-9]/HH:MM/g'
show() { echo "== ps $*"; ps "$@" -p $P 2>&1 | sed "$hide" | head -4; }
for options in s -c m -m '-O ppid' 'O ppid' '--context' Z '-Z -o pid' '-j f' '-j' f '-L' '-T' H '-mo pid,tid,comm,stat' \
  '-mL' '-mT' '-L -T' '-o pid,wchan' '-o wchan,pid' '-o args:5,pid' '-o pid,comm:3' '-o user:2,pid' '-f u'; do
  show $options
done
ps -L $P | sed "$hide"
for columns in 10 20 60; do ps --cols $columns -o pid,tty,args -p $P | sed "$hide"; done
for format in '%p %c' '%p %c:%C' '%q' '%%' 'x%p'; do show -o "$format"; done
show -o %p -o user
PS_FORMAT=pid,comm show
PS_FORMAT=nosuch show
for who in bsd old gnu posix; do PS_PERSONALITY=$who show; done
ps L | grep -v ^_
ps q $P,1,1 -o comm
