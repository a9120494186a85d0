# proc: names, states, ids and signal masks in /proc/PID/status
sleep 50 & p=$!
until grep -q 'S (sleeping)' /proc/$p/status && grep -q sleep /proc/$p/comm; do sleep 0.1; done
grep -E '^(Name|Umask|State|PPid|TracerPid|Uid|Gid|FDSize|Groups|NStgid|Threads|Sig...|ShdPnd|Cap...|NoNewPrivs|Seccomp):' /proc/$p/status | sed "s/\b$p\b/PID/g"
cut -d: -f1 /proc/$p/status | tr '\n' ' '; echo
kill -STOP $p; until grep -q 'T (stopped)' /proc/$p/status; do sleep 0.1; done
grep State /proc/$p/status; kill -CONT $p; kill $p; wait $p 2> /dev/null
cat /proc/$p/status 2>&1 | sed "s/$p/PID/"
bash -c 'trap "" HUP; trap : TERM; grep -E "Sig(Ign|Cgt)" /proc/$$/status'
