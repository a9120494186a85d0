# user: setpriv --dump asks the kernel, not /proc
unshare -m bash -c 'mount -t tmpfs t /proc; setpriv --dump; setpriv --bounding-set -all setpriv --dump | grep bounding; setpriv --bounding-set -sys_admin --inh-caps +net_raw setpriv -d -d | grep -E "Eff|Inh"'
setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps +chown --ambient-caps +chown setpriv -dd
