cp /bin/cat c; ln -s c l
setcap -r c; echo $?
setcap -q -r c; echo $?
setcap -r nope; echo $?
setcap -r /tmp; echo $?
setcap -r l; echo $?
setcap cap_chown+p l; echo $?
setcap cap_foo+ep c 2>&1 | head -n 1
setcap cap_chown=p c cap_kill=p nope; echo $?
getcap -z; echo $?
getcap -rz c; echo $?
getcap nope c; echo $?
getcap /tmp; getcap -v l c
su nobody -s /bin/sh -c 'cp /bin/cat /tmp/n; setcap cap_chown+p /tmp/n; echo $?; setcap -r /tmp/n; echo $?'
setcap = c; getcap c; getcap -v c
setcap all=ep c; getcap c
setcap cap_net_raw,cap_net_admin=eip c; getcap c
setcap cap_net_raw c; echo $?
