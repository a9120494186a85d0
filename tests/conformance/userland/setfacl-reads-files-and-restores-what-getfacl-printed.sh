umask 022
mkdir -p d/e
touch f d/x
setfacl -R -m u:user:rX d
getfacl -R d/e d/x
printf 'u:user:r\n# remark\ng:bin:rw # another\n\n' | setfacl -M - f
getfacl -c f
printf 'u:user\ng:bin:\n' | setfacl -X - f
getfacl -c f
getfacl -R d > lists
setfacl -Rb d
chmod 000 d/x
getfacl -c d d/x
setfacl --restore=lists; echo $?
getfacl -c d d/x
getfacl d/x | setfacl --set-file=- f
getfacl -c f
setfacl --test -m u:bin:r f; setfacl --test -b d/x
chmod 1755 d; chown user d
getfacl d > owner; chown root d; chmod 0755 d; setfacl --restore owner; stat -c '%A %U' d
printf '# file: gone\nuser::rw-\n' | setfacl --restore=-; echo $?
echo bogus | setfacl -M - f; echo $?
setfacl -M nofile f; echo $?
echo f | setfacl -m u:bin:rwx -; getfacl -c f
