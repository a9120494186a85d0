# su, runuser, chpasswd, login, getent: wrong use and options that exclude each other
FOO=bar su -l -p user -c 'echo [$FOO] $HOME'
su user -c 'su -g adm root; echo $?'
su user -c 'echo user:x | chpasswd; echo $?' 2>&1
runuser -u user id -un
runuser -u user -- id -un
echo user:x | chpasswd -c FOO 2>&1 | head -1
echo user:x | chpasswd -s 5000 2>&1 | head -1
login -z
login -h
login -f
getent initgroups; echo $?
getent hosts; getent ahostsv4 localhost; getent ahosts localhost
getent -z; echo $?
getent --help | head -2
setpriv --reset-env env | sort
