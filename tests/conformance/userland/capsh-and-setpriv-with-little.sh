# userland: what capsh prints before its shell is lost in a pipe; setpriv --dump without /proc
capsh --mode -- -c 'echo x' | cat; capsh --mode | cat; capsh --print --mode -- -c 'echo y' | cat; capsh --decode=3 -- -c true | cat; capsh --mode --mode | cat
capsh --mode -- -c 'true; grep CapEff /proc/self/status' | cat
unshare -Ur capsh --drop=cap_setpcap --inh=cap_chown -- -c 'echo x'; setpriv --reuid 1000 capsh --inh=cap_chown -- -c 'echo x'
umount -l /proc; setpriv --dump; setpriv --bounding-set -chown setpriv --dump | grep bounding; setpriv --bounding-set -all setpriv --dump | grep bounding
