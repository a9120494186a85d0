# namespaces: nsenter called wrongly, and how it ends
unshare -u sleep 100 & p=$!; until [ "$(readlink /proc/$p/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]; do sleep 0.1; done
nsenter -a; nsenter -t; nsenter -t abc -m; nsenter -t 99999 -m true; nsenter -m true; nsenter -t $p true; echo $?; nsenter --net=/etc/passwd true; nsenter --net=/none true; nsenter --uts=/proc/$p/ns/net true; nsenter -t $p -U true; echo $?
nsenter -t $p -S 1000 -G 1000 id; nsenter -t $p -S 1000 id; nsenter -t $p -G 1000 id; nsenter -t $p -S abc id; nsenter -t $p -u nosuch; echo $?; nsenter -t $p -u /etc/passwd; echo $?; nsenter -t $p -e true; nsenter -t $p -u -- sh -c 'exit 7'; echo $?
su user -c "nsenter -t $p -u true; nsenter -t \$\$ -U true; nsenter -t \$\$ -a true; nsenter -t 1 -m true"; nsenter --version | cut -d' ' -f1-3; nsenter -t $p -u -p hostname; nsenter -u/proc/$p/ns/uts hostname; nsenter -t $p -u/proc/1/ns/uts hostname
kill $p
