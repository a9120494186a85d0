# namespaces: unshare as uid 1000: only with -U
# user: 1
for f in -m -u -i -n -p -C -T; do unshare $f true; echo "$f: $?"; done
unshare -U true; echo "-U: $?"; unshare -r id -u
unshare -Ur --mount --uts --ipc --net --pid --fork --mount-proc bash -c 'echo $$; id -un; hostname in; hostname; ls /proc | grep -c "^[0-9]"'
hostname; unshare -c id -u; nsenter -t 1 -u; echo "status $?"
