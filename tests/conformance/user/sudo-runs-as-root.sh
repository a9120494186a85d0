# user: sudo without a password: id, environment, redirections are still the user's, tee
# user: 1
sudo id; sudo whoami; sudo -u nobody id -un; sudo sh -c 'echo $HOME $USER $SUDO_USER $SUDO_UID'
sudo echo x > /root/f; echo "status $?"; echo x | sudo tee /root/f; sudo cat /root/f
sudo nosuch; echo "status $?"; sudo -u nosuch id; echo "status $?"; sudo 2>&1 | head -1
sudo false; echo "status $?"; sudo ls /nosuch; echo "status $?"; A=1 sudo sh -c 'echo "[$A]"'
sudo A=1 sh -c 'echo "[$A]"'; A=1 sudo -E sh -c 'echo "[$A]"'; sudo -i pwd; sudo -s pwd
sudo cd /root; echo "status $?"; sudo unshare -m true; echo "status $?"
sudo sh -c 'exit 7'; echo "status $?"; sudo -n true; echo "status $?"; sudo mkdir /sys/fs/cgroup/x
ls -ld /sys/fs/cgroup/x | cut -d' ' -f3; sudo -V | head -1 | cut -d' ' -f1,2
