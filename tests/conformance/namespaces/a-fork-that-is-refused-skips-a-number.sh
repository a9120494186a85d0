# namespaces: fork into a pid namespace whose init died takes a number outside; unshare's helpers are few
cat > in.sh <<'X'
n() { sh -c 'echo $$'; }
n; unshare -p sh -c 'ls; ls' > /dev/null; n; unshare -p sh -c 'ls; ls; ls' > /dev/null; n
unshare -Urp -f --map-users=0,100000,10 id -u; n; unshare --map-users=0,100000,10 --map-groups=0,100000,10 id -u; n
unshare -U umount /; n; unshare -p true; n; unshare -fp true; n
X
unshare -mpf --mount-proc sh in.sh
