mkdir -p /tmp/secret
pid=$(pgrep -n -x sleep)
nsenter -t $pid -m sh -c 'mount -t tmpfs tmpfs /tmp/secret && echo hello > /tmp/secret/note'
