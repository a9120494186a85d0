# userland: setpriv: ids, groups, no_new_privs, capabilities, what it refuses
setpriv --reuid 1000 --regid 1000 --clear-groups id; setpriv --reuid user --init-groups --regid user id -un
setpriv --no-new-privs grep NoNewPrivs /proc/self/status; setpriv --bounding-set -sys_admin,-chown grep CapBnd /proc/self/status
setpriv --reuid 1000 true; echo "status $?"; setpriv --regid 1000 true; echo "status $?"; setpriv --reuid nosuch true; echo "status $?"
setpriv --inh-caps +chown --ambient-caps +chown --reuid 1000 --regid 1000 --clear-groups grep -E 'Cap(Inh|Amb)' /proc/self/status; echo "status $?"
