# mount: a tmpfs over a directory with files, and what umount brings back
mkdir m; echo below > m/old; mount -t tmpfs tmpfs m; ls m; echo above > m/new; ls m
mountpoint m; mount | grep root/m; grep root/m /proc/mounts; umount m; ls m
mountpoint m; echo "status $?"
