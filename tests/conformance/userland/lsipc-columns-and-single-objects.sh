# userland: lsipc's tables, resources and details
key() { sed 's/0x[0-9a-f]*/KEY/; s/[0-9][0-9]:[0-9][0-9]/TIME/; s/ 10[0-9][0-9] / PID /; s/ *[0-9.]*%$//'; }
ipcmk -Q >/dev/null; ipcmk -M 8192 -p 600 >/dev/null; ipcmk -S 2 >/dev/null
lsipc | key; lsipc -q | key; lsipc -m | key; lsipc -s | key; lsipc -gm | key; lsipc -g -q | key; lsipc -gb | key
for kind in q m s; do lsipc -$kind -i 0 | grep -v 'Last change\|PID\|command' | key; done
lsipc -i 0; echo $?; lsipc -q -i 5; echo $?; lsipc -q -i x; echo $?; lsipc -m -q; echo $?; lsipc -m -o foo; echo $?; lsipc -z; echo $?; lsipc -o ID -t -m; echo $?
lsipc -q -o ID,OWNER,PERMS; lsipc -s -o ID,NSEMS; lsipc -q -J -o ID,OWNER; lsipc -q -e -o ID,OWNER; lsipc -q -n -o ID,OWNER; lsipc -q -r -o ID,OWNER
lsipc -m -P -o ID,PERMS; lsipc -m -c -o ID,CUSER,CGROUP; lsipc -m -b -o SIZE; lsipc -y -q -o ID,OWNER; lsipc --list -m -o ID; unshare -i lsipc -q
