# userland: chpasswd
show() { grep ^user: /etc/shadow | cut -d: -f2,3 | cut -c1; }
echo user:secret | chpasswd; echo $?; show
echo 'user:$6$abc' | chpasswd -e; echo $?; grep ^user: /etc/shadow
echo nosuch:a | chpasswd; echo $?
echo nosuch:a | chpasswd -e; echo $?
echo bad | chpasswd; echo $?
printf 'nosuch:y\nuser:$6$xyz\n' | chpasswd -e; echo $?; grep ^user: /etc/shadow
chpasswd < /dev/null; echo $?
chpasswd -x; echo $?
