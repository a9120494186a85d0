# namespaces: pid 1 that does not wait leaves zombies; an init that waits does not
cat > noreap.sh <<'X'
(setsid sh -c 'sleep 0.2' &)
sleep 1; ps -A -o stat=,comm= | grep Z
exec sleep 1
X
unshare -fp --mount-proc sh -c '(sleep 0.1 &) ; exec sh -c "sleep 0.5; :"' ; unshare -fp --mount-proc bash noreap.sh; echo $?
unshare -fp --mount-proc bash -c '(sleep 0.2 & exec true); sleep 0.6; ps -A -o stat=,comm= | grep -c Z; (sleep 0.1 & exec true); exec sleep 0.5' ; unshare -fp --mount-proc sh -c 'exec sleep 1 & exec sleep 0.3'; echo $?
unshare -fp --mount-proc bash -c '(sleep 0.1 & exec true); exec bash -c "read -t 0.5 < <(:) ; read -t 0.4 x < /dev/zero; ps -A -o stat=,comm= | grep Z"'
