# user: from nobody to root: maps written from another shell, then by oneself
# user: 1
id; unshare --user sh -c 'id; cat /proc/self/uid_map; touch f; ls -ln f | cut -d" " -f3,4'; rm f
unshare --user sh -c 'echo $$ > pid; until [ -e go ]; do sleep 0.1; done; id; touch f; ls -ln f | cut -d" " -f3,4; grep CapEff /proc/self/status' & until [ -s pid ]; do sleep 0.1; done; p=$(cat pid)
echo '0 1000 1' > /proc/$p/gid_map; echo deny > /proc/$p/setgroups; echo '0 1000 1' > /proc/$p/uid_map; echo '0 1000 1' > /proc/$p/gid_map; cat /proc/$p/setgroups; touch go; wait; ls -ln f | cut -d' ' -f3,4
unshare -r sh -c 'id -u; chown 0:0 f && echo mine; chown daemon f; cat /etc/shadow; ls -l /etc/shadow | cut -d" " -f3,4; mount -t tmpfs t /mnt; hostname x; unshare -u sh -c "hostname x; hostname"'
