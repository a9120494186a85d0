# overlay: the root of the mount, .. at its border, readlink, realpath and cd - across it
mkdir -p l/d/e u w m; ln -s ../../etc l/esc; ln -s /etc/hostname l/abs; ln -s d/e l/in
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; realpath m/esc m/in m/d/../..; cat m/abs
cd m/in; pwd; pwd -P; cd ..; pwd; cd -P ../in; pwd; ls -a ..; cd /root; [ m/.. -ef . ] && echo parent
stat -c '%F %a' m; chmod 700 m; stat -c %a u l m; touch -d 2001-01-01Z m; stat -c %y u m; rmdir m; mv m m2
getfattr -m - u | grep -c .
