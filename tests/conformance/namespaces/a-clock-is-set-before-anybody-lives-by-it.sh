# namespaces: timens_offsets: its forms, its limits, and when it freezes
unshare -T --boottime 1 --monotonic 2 cat /proc/self/timens_offsets
unshare -T cat /proc/self/timens_offsets
unshare -T --boottime -100000 true; unshare -T --monotonic abc true; unshare --boottime 5 true; unshare -Tr --boottime 50 cat /proc/self/timens_offsets
su user -c 'unshare -T true; unshare -UrT --boottime 50 cat /proc/self/timens_offsets'
unshare -T bash -c 'for it in "foo 1 0" "monotonic 1" "monotonic 1 1000000000" "monotonic 1 -1" "1 5 0" "7 6 0" "boottime -99999999 0" "" "monotonic 9999999999 0" "monotonic 3 0 x" " boottime   8	5"; do echo "$it" > /proc/$$/timens_offsets; echo "[$it] $?"; done; /bin/cat /proc/$$/timens_offsets; echo boottime 1 0 > /proc/$$/timens_offsets; echo $?'
echo monotonic 1 0 > /proc/self/timens_offsets; cat /proc/self/timens_offsets
unshare -T sh -c 'true; /bin/true; echo not reached'; echo $?
unshare -T bash -c '/bin/true; echo $?'
unshare -fT --boottime 864000 sh -c 'uptime -p | cut -d, -f1; [ $(cut -d. -f1 /proc/uptime) -gt 864000 ] && echo later'
