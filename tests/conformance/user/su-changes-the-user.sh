# user: su, su -, su -c, -s, environment, wrong names; as a user without a terminal
cd /tmp; su user -c 'id -un; pwd; echo $HOME $USER $LOGNAME $SHELL'; su - user -c 'pwd; echo $PATH'
su -c 'id -u'; su nosuch; echo "status $?"; su user -c 'exit 5'; echo "status $?"
su user -c nosuch; echo "status $?"; A=1 su user -c 'echo "[$A]"'; A=1 su - user -c 'echo "[$A]"'
su -s /bin/sh user -c 'echo $0'; su nobody -c id; echo "status $?"
su nobody -s /bin/sh -c 'id; pwd'; su user -c 'su -c id < /dev/null'; echo "status $?"
su user -c 'su user -c id < /dev/null'; echo 'id -un' | su user; su --nosuch; echo "status $?"
su user -c 'kill -9 $$'; echo "status $?"
