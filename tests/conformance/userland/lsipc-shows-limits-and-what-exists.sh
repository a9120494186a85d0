# userland: lsipc - limits, segments, queues, semaphores, one by its id, formats, what it refuses
lsipc
lsipc -g
lsipc -m; lsipc -q; lsipc -s
ipcmk -M 4096 >/dev/null; ipcmk -Q > /dev/null; ipcmk -S 3 > /dev/null
lsipc | grep -v SEMVMX
lsipc -m -o ID,PERMS,OWNER,SIZE,NATTCH,STATUS,CPID,LPID | sed 's/ [0-9]\{4\} / PID /'; lsipc -q -o ID,PERMS,OWNER,USEDBYTES,MSGS; lsipc -s -o ID,PERMS,OWNER,NSEMS
lsipc -m | head -1; lsipc -q | head -1; lsipc -s | head -1; lsipc -m -c | head -1; lsipc -m -t | head -1
lsipc -m -i 0 | grep -v 'Key\|change\|PID'; lsipc -q -i 0 | grep -v 'Key\|change'
lsipc -m -i 5; echo $?
lsipc -m -o ID,SIZE; lsipc -m -b -o ID,SIZE;  lsipc -m -P -o ID,PERMS; lsipc -m -o nosuch; echo $?
lsipc -J | head -9; lsipc -m -J -o ID,SIZE; lsipc -q -e -o ID,MSGS; lsipc -s -r -o ID,NSEMS; lsipc -m -n -o ID,SIZE; lsipc -m --noheadings -o ID,SIZE
lsipc -m -q; echo $?
lsipc -i 0; echo $?
lsipc -Z; echo $?
