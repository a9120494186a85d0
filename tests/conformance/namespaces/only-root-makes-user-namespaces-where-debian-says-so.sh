# namespaces: kernel.unprivileged_userns_clone=0 leaves user namespaces to root
sysctl kernel.unprivileged_userns_clone
su user -c 'unshare -Ur id -u'
sysctl -w kernel.unprivileged_userns_clone=0
su user -c 'unshare -Ur id -u'; su user -c 'unshare -U true; echo $?'
unshare -Ur id -u
unshare -Ur unshare -Ur id -u
su user -c 'sysctl -w kernel.unprivileged_userns_clone=1'
sysctl -qw kernel.unprivileged_userns_clone=1
su user -c 'unshare -Ur id -u'
