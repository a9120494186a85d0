# user: which capabilities a program has in a user namespace, with and without --keep-caps
c='grep Cap /proc/self/status'
su user -c "$c; unshare -U $c; unshare -r $c; unshare -c $c; unshare -c --keep-caps $c; unshare -U --keep-caps $c"
unshare -U $c; unshare -Ur capsh --print | head -3
su user -c 'unshare -c --keep-caps hostname x; unshare -cu --keep-caps sh -c "hostname x; hostname"; unshare -Ur capsh --has-p=cap_sys_admin; echo $?'
