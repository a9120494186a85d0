# namespaces: what timens_offsets takes, when, and what shows them
try() { unshare -T bash -c "(printf '$1' >/proc/\$\$/timens_offsets) 2>&1; echo \$?; cat /proc/\$\$/timens_offsets"; }
try 'monotonic 1 0'; try 'boottime 1 1000000000'; try 'boottime 1 999999999'; try 'realtime 1 0'; try '1 5 0'; try '7 5 0'; try '0 5 0'
try 'monotonic 1'; try 'monotonic a b'; try 'monotonic 1 0\nboottime 2 0\n'; try ''; try 'monotonic -1 0'; try 'monotonic -1000000 0'; try 'boottime 1 -1'
unshare -T --boottime 86400 uptime -p; unshare -T --monotonic 1000 cat /proc/self/timens_offsets
unshare -T --boottime -100000 true; echo $?; unshare -T --boottime 99999999999 true; echo $?
bash -c 'echo "monotonic 5 0" >/proc/self/timens_offsets'; echo $?
unshare -T --boottime 5 unshare -T --boottime 10 cat /proc/self/timens_offsets
su user -c 'unshare -T true; unshare -UrT --boottime 5 cat /proc/self/timens_offsets'
