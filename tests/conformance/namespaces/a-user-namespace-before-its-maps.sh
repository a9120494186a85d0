# namespaces: nobody, 65534, empty maps, no capabilities after exec
unshare -U bash -c '
	id; cat /proc/self/uid_map /proc/self/gid_map; cat /proc/self/setgroups; whoami
	touch /root/f; ls -ld /root | cut -d" " -f3,4; grep CapEff /proc/self/status; hostname x
	chown 0 /tmp'
su user -c "unshare -U id; unshare -U bash -c '
	id -u; echo \$UID; ls -ld ~ / | cut -d\" \" -f3; touch ~/made
	ls -l ~/made | cut -d\" \" -f3'"
ls -l /home/user/made | cut -d' ' -f3; cat /proc/sys/kernel/overflowuid
