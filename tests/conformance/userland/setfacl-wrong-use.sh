touch f
setfacl; echo $?
setfacl f; echo $?
setfacl -m f; echo $?
setfacl -m u:nobody-here:r f; echo $?
setfacl -m u:user:rq f; echo $?
setfacl -m u:user:rwxx f; echo $?
setfacl -m u:user:8 f; echo $?
setfacl -m u:user f; echo $?
setfacl -m 'u:user:rwx , g:2:w' f; echo $?
setfacl -x u:user:r f; echo $?
setfacl -x u:user f; echo $?
setfacl --nope f; echo $?
setfacl -m u:user:r nofile; echo $?
setfacl -m u:user:r /proc/self/status; echo $?
setfacl -b /proc/self/status; echo $?
setfacl -m u:user:r /sys/fs/cgroup/cgroup.procs; echo $?
getfacl -c f
getfacl nofile; echo $?
getfacl; echo $?
getfacl -q f; echo $?
