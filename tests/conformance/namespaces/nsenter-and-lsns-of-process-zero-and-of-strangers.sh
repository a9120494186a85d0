# namespaces: a target of 0 is none; who joins an unmapped user namespace cannot become root there
nsenter -t 0 -a true; echo $?; nsenter -t 0 -m true; echo $?; nsenter -t 0 -r true; echo $?
unshare -pU -f sleep 50 & until A=$(pgrep -P $!); do :; done; until [ $(cat /proc/$A/comm) = sleep ]; do :; done
nsenter -t $A -a id; echo $?; nsenter -t $A -U -p id; echo $?; nsenter -t $A -U -p --preserve-credentials id -u; echo $?
ps -e -o comm | grep -c nsenter; kill -9 $A; wait 2> /dev/null
lsns -p 0 -n -o TYPE -t uts | uniq; lsns -p -1; lsns -p x; findmnt -N x; findmnt -N -1; findmnt -N ''; echo $?
