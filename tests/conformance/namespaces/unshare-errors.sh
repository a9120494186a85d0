# namespaces: bad options, missing programs, missing privileges, statuses
unshare --nosuch; echo "status $?"; unshare -u nosuch; echo "status $?"
unshare -u /tmp; echo "status $?"; unshare -u false; echo "status $?"
unshare -fp bash -c 'exit 7'; echo "status $?"
unshare -fp bash -c 'kill -TERM $$; exit 3'; echo "status $?"
unshare --mount-proc=nosuch true; echo "status $?"
unshare -m --propagation nosuch true; echo "status $?"; unshare -R nosuch true; echo "status $?"
unshare --map-users=x true; echo "status $?"; unshare --version | cut -d' ' -f1-3
unshare -u --fork sh -c 'kill -9 $$'; echo "status $?"; unshare -S abc true; echo "status $?"
