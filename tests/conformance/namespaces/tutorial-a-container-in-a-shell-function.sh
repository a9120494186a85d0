# namespaces: a tiny container runtime of shell functions: images are directories, containers overlays of them
mkdir -p img/base/{bin,proc,tmp,etc} run; cp /bin/busybox img/base/bin; for a in sh ls cat echo ps hostname mount id touch rm; do ln -s busybox img/base/bin/$a; done; echo base > img/base/etc/issue
create() { mkdir -p run/$1/{up,wk,fs}; mount -t overlay ov -o lowerdir=img/$2,upperdir=run/$1/up,workdir=run/$1/wk run/$1/fs; }
start() { n=$1; shift; unshare -m -u -i -n -p -f --mount-proc=run/$n/fs/proc sh -c "hostname $n; exec chroot run/$n/fs \"\$@\"" sh "$@"; }
list() { for d in run/*; do echo "${d#run/} $(find $d/up -mindepth 1 | wc -l) $(mountpoint -q $d/fs && echo up || echo down)"; done; }
remove() { umount run/$1/fs && rm -r run/$1; }
create one base; create two base; list; start one sh -c 'hostname; id -u; echo $$; ps -o pid,args; cat /etc/issue; echo mine > /etc/issue; touch /tmp/x; rm /bin/rm'
start two sh -c 'cat /etc/issue; ls /tmp /bin | wc -l'; start one sh -c 'cat /etc/issue; ls /tmp; ls /bin/rm; exit 3'; echo $?; list; cat img/base/etc/issue; find run/one/up | sort; stat -c '%F %t,%T' run/one/up/bin/rm
(cd run/one/up && find . -type c -o -type f) | sort > commit; mkdir img/mine; cp -a run/one/fs/. img/mine; create three mine; start three cat /etc/issue; start three /bin/nosuch; echo $?
remove two; remove nosuch; remove one; list; umount run/three/fs; ls run/three/up; mount | grep -c overlay; hostname
