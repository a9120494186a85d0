umask 022
touch f
setfacl -m u:daemon:r f && getfacl -c f
setfacl -n -m u:user:rwx f && getfacl -c f
setfacl -m m::--- f && getfacl -c f
setfacl --mask -m g:4:r,m::x f && getfacl -c f
setfacl -x m f; echo $?
setfacl -x u: f; echo $?
setfacl --set u:user:r f; echo $?
setfacl --set u::rw,g::r,o::-,u:daemon:r f; getfacl -c f
setfacl -bn -m u:1:rwx f; getfacl -c f
