# mount: mountpoint when /proc is not there: by device numbers
mkdir /tmp/b; mount --bind /tmp/b /tmp/b; mount -t tmpfs t /proc
for path in / /proc /sys /tmp /tmp/b /etc/passwd /nope; do mountpoint $path; echo $?; done
mountpoint -d /sys; mountpoint -q /tmp; echo $?; umount /proc; mountpoint /tmp/b
