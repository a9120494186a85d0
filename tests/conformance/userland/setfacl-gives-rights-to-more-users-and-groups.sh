umask 022
echo text > f
mkdir d
setfacl -m u:user:rw f && getfacl f
ls -l f | cut -c1-11
setfacl -m g:daemon:rwx,m::r f
getfacl f
getfacl -ce f
getfacl -t f
getfacl -n f
stat -c '%a %A' f
chmod g+w f
getfacl -c f
chmod 600 f
getfacl -cE f
setfacl -x u:user f
getfacl -c f
setfacl -b f
getfacl -c f
ls -ld f d | cut -c1-10
getfacl -s f d
setfacl -m u:1234:r-x,o:x f
getfacl f
