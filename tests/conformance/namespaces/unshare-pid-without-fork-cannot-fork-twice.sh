# namespaces: the first child is pid 1 of the new namespace; after it is gone no fork is possible
unshare -p bash -c 'sh -c "echo first child is \$\$"; sh -c "echo second"; echo unreached'; echo "status $?"
unshare -p bash -c 'ls /nosuch; ls; echo unreached'; echo "status $?"
unshare -p sh -c 'ls /nosuch; ls; echo unreached'; echo "status $?"
unshare -p bash -c 'readlink /proc/self/ns/pid'
unshare -p bash -c 'sleep 9 & sh -c "echo \$\$"; sh -c "echo \$\$"; kill $!; wait'
unshare -p true; echo "status $?"
unshare -p --mount-proc bash -c '
	[ $(ls -d /proc/[0-9]* | wc -l) -gt 5 ] && echo "the host is visible"; ls /nosuch'
