hostname -F /nope; echo $?
hostname -F /etc; echo $?
printf '# a comment\n\n' > e2; hostname -F e2; echo $?
printf '#c\nfoo\nbar\n' > e3; hostname -F e3; echo $?; hostname
printf 'a_b c\n' > e4; hostname -F e4; echo $?; hostname
chmod 600 e3; su nobody -s /bin/sh -c 'hostname -F /root/e3; echo $?; hostname -F /etc/hostname; echo $?'
domainname -F /nope; echo $?
