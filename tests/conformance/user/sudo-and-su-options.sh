# user: sudo and su: groups, shells, directories, refusals
su -g 5 user -c id; su -g tty user -c id; su -G tty -G adm user -c id; su -g nosuch user -c id; su user -- -c 'echo $1' x y; su user -c 'exit 7'; echo $?; su -w FOO - user -c 'echo $FOO'; su --session-command='echo x' user; su nosuch; echo $?
sudo -g 5 id; sudo -g '#5' id; sudo -g tty id; sudo -u user -g tty id; sudo -u '#1000' id -u; sudo -u nosuch id; sudo nosuch; sudo -R / true; sudo -D /tmp pwd; sudo -T 1 sleep 3; echo $?; sudo -u user bash -c 'echo $HOME $USER $SUDO_USER $SUDO_UID $SUDO_COMMAND'; su user -c 'sudo -n id'
