umask 027
mkdir d
setfacl -d -m u:user:rwx d
getfacl d
mkdir d/sub
touch d/file
mkfifo d/pipe
ln -s file d/link
mkdir -m 700 d/private
getfacl d/sub d/file d/pipe d/private
ls -l d | cut -c1-11
getfacl -d d/sub
getfacl -a d/sub
getfacl -Rt d
setfacl -m d:g:bin:r,u:bin:x d; getfacl -c d
setfacl -k d; getfacl -c d
setfacl -d -m u:user:r d/file; echo $?
mkdir plain
setfacl -d -m u::rwx,g::rx,o::- plain
umask 0
touch plain/f
getfacl -c plain plain/f
setfacl -Rdm u:user:r d; echo $?
getfacl -c d/sub d/file
