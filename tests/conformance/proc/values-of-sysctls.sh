# proc: what the sysctls start with
sysctl -a 2>/dev/null | grep -v '^net\.' | grep -Ev 'random|file-nr|inode|dentry|nr_|last_pid|boot_id|uuid|pty.nr|sched_domain|stat_refresh|threads-max|max_user_watches|aio-nr' | sort
