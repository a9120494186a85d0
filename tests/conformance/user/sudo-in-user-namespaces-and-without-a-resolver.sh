# user: sudo where root is nobody, where id 1 is not mapped, under a name that nobody knows, and into one's own group
for u in '-U' '-Ur' '-Uc'; do for c in 'sudo -n id' 'sudo -u user id' 'sudo -g user id' 'sudo -u nosuch id' 'sudo -l'; do echo "# $u $c"; unshare $u $c < /dev/null; echo $?; done; done
for u in '-U' '-Ur'; do for c in 'sudo -n id' 'sudo -u nosuch id'; do echo "# user $u $c"; setpriv --reuid 1000 --regid 1000 --init-groups unshare $u $c < /dev/null; echo $?; done; done
su user -c 'sudo -g user id; sudo -n -g user id; sudo -u user id; sudo -g user -u user id'
sudo -g user id; sudo -u user -g root id; sudo -g daemon id
hostname one; sudo -n true; echo $?; sudo -u user id; su user -c 'sudo -g user id'; echo '10.0.0.1 one' >> /etc/hosts; sudo -n true
