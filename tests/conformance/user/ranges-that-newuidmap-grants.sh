# user: newuidmap within, across and beyond what /etc/subuid grants, several ranges, one's own id, wrong words
# user: 1
try() { unshare -U sleep 20 & P=$!; sleep .3; newuidmap $P "$@" 2>&1; echo "$? $*"; cat /proc/$P/uid_map; kill $P; wait $P 2>/dev/null; }
try 0 1000 1 1 100000 65536 | cut -c1-60; try 0 0 1; try 0 100000 65537; try 0 99999 2; try 0 1000 2; try 0 1000 1 1 100000 10 11 100010 5
try 0 1000; try 0 1000 1 0 100000 1; try 5 100005 1 0 100000 1; try 0 1000 1 1 165535 1; try 0 1000 1 1 165536 1; try 0 1000 0; try 0 1001 1
newuidmap 1 0 1000 1; newuidmap 999999 0 1000 1; newuidmap abc 0 1000 1; newuidmap $$ 0 1000 1; newgidmap
unshare -U sleep 20 & P=$!; sleep .3; newuidmap $P 0 1000 1 1 100000 65536; newgidmap $P 0 1000 1 1 100000 65536; newuidmap $P 0 1000 1; echo $?
nsenter -t $P -U -S 5 -G 6 id; nsenter -t $P -U sh -c 'touch f; chown 5:5 f; mkdir -m 700 d; chown 1:1 d'; stat -c '%u %g' f d
rm -rf d; nsenter -t $P -U rm -rf f d; kill $P
