# proc: every line of status
sleep 100 & p=$!; sleep 0.2
cat /proc/$p/status | sed -E 's/[0-9]+ kB/N kB/; s/^(Pid|Tgid|PPid|NS.*|vol.*|nonvol.*):.*/\1/'
kill $p; wait $p; echo $?
