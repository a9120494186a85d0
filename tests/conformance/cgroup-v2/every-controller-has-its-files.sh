# The files of a new cgroup with their modes, and what they say at first.
cd /sys/fs/cgroup; ls -l . | awk '{print $1,$9}'; mkdir x; ls -l x | awk '{print $1,$9}'
for f in x/*; do [ $f = x/cpu.stat ] || { echo "== $f"; head -60 $f 2>&1; }; done
