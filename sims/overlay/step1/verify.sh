grep -q "^overlay /tmp/lab/merged overlay " /proc/mounts
