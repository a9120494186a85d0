# userland: id, whoami, groups, HOME and prompts for uid 1000
# user: 1
id; whoami; groups; echo $HOME $USER $LOGNAME $SHELL; pwd; umask; id -u
[ -w /etc/passwd ] || echo not writable; cd ~root; echo "status $?"; echo $UID $EUID; tty
