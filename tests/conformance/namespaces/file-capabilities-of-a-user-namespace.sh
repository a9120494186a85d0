# namespaces: setcap inside counts inside: version 3 with the root of the namespace
su user -c 'cp /bin/grep /tmp/h; unshare -Ur bash -c "setcap cap_chown+ep /tmp/h; echo \$?; getcap -n /tmp/h; setcap -v cap_chown+ep /tmp/h; /tmp/h CapEff /proc/self/status; getfattr -n security.capability -e hex /tmp/h"' 2>&1
getcap -n /tmp/h; getfattr -n security.capability -e hex /tmp/h 2>&1; su user -c '/tmp/h CapEff /proc/self/status'; unshare -U getcap /tmp/h; unshare -Ur getcap -n /tmp/h
cp /bin/grep /tmp/r; setcap cap_kill+ep /tmp/r; su user -c 'unshare -Ur bash -c "getcap -n /tmp/r; setcap cap_chown+ep /tmp/r; /tmp/r CapEff /proc/self/status"'
su user -c 'unshare -Ur bash -c "cp /bin/id /tmp/i; chmod 4755 /tmp/i; /tmp/i -u"; /tmp/i -u; ls -l /tmp/i | cut -c1-10'
