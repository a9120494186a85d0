# user: useradd, the files it writes, id of the new user, groups, passwd lines
useradd -m newbie; echo "status $?"; id newbie; grep newbie /etc/passwd /etc/group /etc/subuid
ls -ld /home/newbie | cut -d' ' -f1,3,4; useradd newbie; echo "status $?"; groupadd team
usermod -aG team newbie; id -nG newbie; su newbie -c 'id -G; echo $HOME; pwd'
useradd 'bad name'; echo "status $?"; userdel -r newbie; id newbie; ls /home
userdel nosuch; echo "status $?"; su user -c 'useradd x'; echo "status $?"
getent passwd root user nosuch; echo "status $?"; head -3 /etc/passwd
stat -c '%a %n' /etc/passwd /etc/shadow /etc/group; wc -l < /etc/passwd > /dev/null
grep ^root /etc/group
