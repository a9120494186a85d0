# newuidmap(1) writes only what /etc/subuid grants, once, and only into a namespace of one's own.
newuidmap; echo $?
newuidmap 1; echo $?
newuidmap x 0 0 1; echo $?
newuidmap 999999 0 0 1; echo $?
su user -s /bin/bash -c '
  unshare -U sleep 5 & sleep 0.3
  grep user /etc/subuid
  newuidmap $! 0 1000 1 1 0 10; echo "$?"
  newuidmap $! 0 1000 1; echo "$?"
  newuidmap $! 0 1000 1 2>&1 | sed "s/[0-9]* *$//"
  cat /proc/$!/uid_map | tr -s " "
  kill $!'
