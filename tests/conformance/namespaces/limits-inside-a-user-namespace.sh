# namespaces: /proc/sys/user of a user namespace counts for those below it; each kind has its limit
for t in mnt:m uts:u ipc:i net:n pid:p user:U cgroup:C time:T; do
  f=/proc/sys/user/max_${t%:*}_namespaces; o=${t#*:}; old=$(cat $f)
  echo 0 >$f; unshare -$o true; echo "$t $?"; echo "$old" >$f
done
su user -c 'unshare -Ur sh -c "cd /proc/sys/user; ls; echo 0 > max_uts_namespaces; unshare -u true; echo 0 > max_user_namespaces; unshare -U true; echo \$?; unshare -m true; echo 0 > max_mnt_namespaces; unshare -m true; echo \$?"'
for value in abc -1 99999999999; do echo $value >/proc/sys/user/max_uts_namespaces; done
c=true; for i in $(seq 1 33); do c="unshare -pf $c"; done; $c; echo $?
