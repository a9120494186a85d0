# proc: an unreadable program: who owns its entries, what is refused
su user -c 'cp /bin/sleep /tmp/s; chmod 111 /tmp/s; /tmp/s 50 & sleep 0.3; cd /proc/$!; stat -c "%A %u %n" . attr fd fdinfo ns task map_files environ stat status mem exe; cat environ; readlink exe; cat maps; head -1 status; ls fd; cut -d" " -f26-30,35 stat; cat wchan; kill $!' 2>&1
