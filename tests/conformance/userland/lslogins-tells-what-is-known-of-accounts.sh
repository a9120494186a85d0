# userland: lslogins - columns, selections, formats, one account, what it refuses
lslogins; echo $?
lslogins -o USER,UID,HOMEDIR
lslogins -o nosuch; echo $?
lslogins -a | head -4
lslogins -p | head -3; lslogins -G | head -4
lslogins --bogus; echo $?
lslogins -o USER,SHELL,GECOS,GROUP,GID,SUPP-GROUPS,SUPP-GIDS -u
lslogins --noheadings -u -o USER,PWD-LOCK,NOLOGIN,PWD-DENY,PWD-EMPTY
lslogins a b; echo $?
touch /var/log/wtmp /var/log/btmp
lslogins -o UID,USER,PWD-LOCK,LAST-LOGIN,GECOS | cat -A
lslogins -s -o UID,USER
lslogins root | grep -v Running | cat -A
lslogins user | grep -v Running
lslogins nosuch; echo $?
lslogins -u -n -o UID,USER,SHELL; lslogins -r -o UID,USER,LAST-LOGIN,GECOS | head -3
lslogins -u -e -o UID,USER,GECOS
lslogins -z -o UID,USER | head -c 60 | tr '\0' '@'; echo
lslogins -l root,user -o UID,USER; lslogins -g root -o USER; lslogins -g sudo,user -o USER
lslogins -f | head -3; lslogins -L | head -3
lslogins --time-format=iso root | grep changed
useradd -m -c 'Full Name,,,' -G sudo,adm bob; echo bob:secret | chpasswd; lslogins bob | grep -v Running; lslogins -o USER,SUPP-GROUPS,SUPP-GIDS,GECOS -l bob; lslogins -g sudo -o USER
su user -c 'lslogins -u -o UID,USER,PWD-LOCK,GECOS; lslogins root | grep -v Running'
lslogins 1000 | head -2
lslogins -u -o +UID -o USER
