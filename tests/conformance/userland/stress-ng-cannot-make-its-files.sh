# userland: stress-ng --hdd where no file can be made: what it says, its status, nothing is left
n() { sed 's/\[[0-9]*\]/[PID]/g; s/[0-9][0-9]*\.[0-9]*s/TIME/; s/hdd-[0-9]*-0-[0-9]*/hdd-N-0-N/; s/hdd-[0-9]*-0/hdd-N-0/g'; }
cd /sys/fs/cgroup; mkdir z; cd z; stress-ng --hdd 1 -t 1 2>&1 | n; echo "${PIPESTATUS[0]}"; ls -d tmp* 2>&1; cd /proc; stress-ng --hdd 1 -t 1 2>&1 | n; echo "${PIPESTATUS[0]}"
mkdir /tmp/ro; mount -t tmpfs -o ro t /tmp/ro; cd /tmp/ro; stress-ng --hdd 1 -t 1; echo $?
