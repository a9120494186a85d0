mkdir /srv/w
cd /srv/w
as() { runuser -u user -- "$@"; }
echo secret > s
chmod 600 s
as cat s
setfacl -m u:user:r s
as cat s
as sh -c 'echo more >> s'
setfacl -m u:user:rw s
as sh -c 'echo more >> s'
cat s
chmod g= s
as cat s
as test -r s; echo $?
chmod g=r s
as test -r s; echo $?
as test -w s; echo $?
setfacl -b s
chmod 644 s
setfacl -m g:user:- s
as cat s
setfacl -m u:user:r s
as head -1 s
as setfacl -b s; echo $?
as setfacl -m u:user:rw s; echo $?
setfacl -m u:user:rwx .
as touch mine
as setfacl -m u:daemon:r mine
as getfacl mine
as rm -f s
ls
