[ "$(stat -c "%F %t %T" /tmp/lab/upper/delete)" = "character special file 0 0" ] && [ -f /tmp/lab/lower/delete ]
