umount /tmp/lab/merged
