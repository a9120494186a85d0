# namespaces: which namespaces may be entered, by whom and from where
unshare -Ur sleep 30 & P=$!; until [ "$(readlink /proc/$P/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep .1; done; sleep .2
nsenter -t $P -U id; nsenter -t $P -U --preserve-credentials id; nsenter -t $P -U -S 1 id
su user -c "nsenter -t $P -U id" 2>&1 | sed "s/$P/P/"
nsenter -t $$ -U true; echo $?
for o in m u i n C U; do unshare -Ur nsenter -t 1 -$o true; echo "$o $?"; done
unshare -Ur nsenter --user=/proc/self/ns/user true; echo $?
unshare -Urm nsenter --mount=/proc/self/ns/mnt true; echo $?
unshare -p nsenter --pid=/proc/self/ns/pid true; echo $?
unshare -pf --mount-proc nsenter --pid=/proc/1/ns/pid true; echo $?
bash -c 'exec 5</proc/self/ns/pid; unshare -pf nsenter --pid=/proc/self/fd/5 true; echo $?'
nsenter --uts=/etc/passwd true; echo $?; nsenter --uts=/proc/self/ns/net true; echo $?; nsenter --uts=/nope true; echo $?
kill $P
