! grep -q ' /tmp/lab/merged ' /proc/mounts && [ -z "$(ls /tmp/lab/merged)" ] && [ -e /tmp/lab/upper/new ]
