# overlay: exec of a lower file, ETXTBSY after copy-up, a script changed while it stands there
mkdir l u w m; cp /bin/sleep l/nap; printf '#!/bin/sh\necho lower\n' > l/s; chmod +x l/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
m/s; echo 'echo upper' >> m/s; m/s; l/s
m/nap 60 & p=$!; until [ "$(cat /proc/$p/comm)" = nap ]; do sleep 0.1; done
readlink /proc/$p/exe; echo x >> m/nap; echo "status $?"; ls u; rm m/nap; echo "status $?"
readlink /proc/$p/exe; umount m; echo "status $?"; kill $p; wait $p 2>/dev/null; umount m; echo "status $?"
chmod -x l/s; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; m/s
