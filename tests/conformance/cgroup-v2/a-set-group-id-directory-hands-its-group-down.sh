# cgroup-v2: groups of new directories and of their files
cd /sys/fs/cgroup; mkdir e; chgrp user e; mkdir e/before; chmod 2775 e; mkdir e/after e/after/more; stat -c '%U %G %a %n' e e/before e/after e/after/more e/after/cgroup.procs e/before/cgroup.procs
su user -c 'mkdir e/users; stat -c "%U %G %a %n" e/users e/users/cgroup.procs e/users/cgroup.events'
