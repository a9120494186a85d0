# An answer lies in the hidden file system, and still not in this namespace.
[ -e /tmp/secret/answer ] && exit 1
for pid in /proc/[0-9]*; do
  [ -e $pid/root/tmp/secret/answer ] && exit 0
done
exit 1
