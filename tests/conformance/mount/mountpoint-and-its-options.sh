# mount: mountpoint -q -d -x and --nofollow
c() { mountpoint "$@"; echo "= $?"; }
c /; c /etc; c none; c; c / /proc; c -q /etc; c -q none; c -x /dev/vda; c -x /dev/null; c -x /; c -qx /; c -x none; c -qx none; c --nofollow -x /dev/vda; ln -s /proc p; c p; c --nofollow p; c --nofollow /proc; touch f; c f; mount --bind f f; c f; c -z; c /proc/self; c .; c ''; c -d /etc; mountpoint -d /proc | tr 0-9 n; mountpoint -qd / | tr 0-9 n
