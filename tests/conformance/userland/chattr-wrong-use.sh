touch f
chattr; echo $?
chattr +i; echo $?
chattr f; echo $?
chattr +z f; echo $?
chattr +E f; echo $?
chattr +-i f; echo $?
chattr +i -i f; echo $?
chattr =i +a f; echo $?
chattr +i nofile; echo $?
lsattr nofile; echo $?
lsattr -q f; echo $?
lsattr /proc/version; echo $?
lsattr /dev/null; echo $?
chattr +i /proc/version; echo $?
chattr +i /dev/null; echo $?
ln -s f l; lsattr l; echo $?
chattr +i l; echo $?
mkfifo p; lsattr p; chattr +i p
chown user f
mv f /home/user/f; cd /home/user
runuser -u user -- chattr +i f; echo $?
runuser -u user -- chattr +A f; echo $?
runuser -u user -- lsattr f
chattr +i f
runuser -u user -- chattr -i f; echo $?
runuser -u user -- sh -c 'echo x > f; rm -f f; test -w f; echo $?'
chattr -i f
capsh --drop=cap_linux_immutable -- -c 'chattr +i f; echo $?'
unshare -Ur chattr +i f; echo $?
mkdir /mnt/ro; mount --bind -o ro . /mnt/ro; chattr +i /mnt/ro/f; echo $?
