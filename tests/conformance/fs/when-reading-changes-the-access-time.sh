# fs: relatime, noatime, strictatime and nodiratime
at() { [ "$(stat -c %X.%x "$1")" = "$2" ] && echo same || echo changed; }
try() { echo "-- $1"; echo x > m/f; mkdir -p m/d; touch m/d/x; touch -d 2001-01-01 m/f m/d; a=$(stat -c %X.%x m/f); sleep 0.02; cat m/f > /dev/null; at m/f "$a"; a=$(stat -c %X.%x m/f); sleep 0.02; cat m/f >/dev/null; at m/f "$a"; a=$(stat -c %X.%x m/d); sleep 0.02; ls m/d > /dev/null; at m/d "$a"; touch -a -d '2 days ago' m/f; a=$(stat -c %X.%x m/f); cat m/f > /dev/null; at m/f "$a"; touch -a -d 2030-01-01 m/f; a=$(stat -c %X.%x m/f); cat m/f >/dev/null; at m/f "$a"; a=$(stat -c %X.%x m/f); sleep 0.02; dd if=m/f iflag=noatime status=none >/dev/null; at m/f "$a"; stat m/f > /dev/null; at m/f "$a"; }
mkdir m; mount -t tmpfs t m; grep ' /root/m ' /proc/mounts; try default
for o in noatime strictatime relatime nodiratime strictatime,nodiratime noatime,nodiratime; do mount -o remount,$o m; grep -o ' /root/m [^ ]* [^ ]*' /proc/mounts; try $o; done
ln -s f m/l; touch -h -d 2001-01-01 m/l; cat m/l > /dev/null; stat -c %X m/l | grep -c 978307200; mount -o remount,ro m; a=$(stat -c %X.%x m/f); cat m/f >/dev/null; at m/f "$a"
