# host: env of uid 1000, and of login shells
# user: 1
env | grep -v ^_ | sort; bash -lc 'echo $PATH; shopt login_shell'
bash -ic 'echo $-; alias ls; echo "$PS1" | cat -v' 2> /dev/null; umask; ls -A ~
cat ~/.profile | head -3; id; which unshare mount chroot ip; echo "status $?"
sudo sh -c 'which chroot pivot_root'; ulimit -n -c
