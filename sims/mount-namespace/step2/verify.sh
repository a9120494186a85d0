# The file is there in some other mount namespace and not in this one.
[ -e /tmp/secret/note ] && exit 1
for pid in /proc/[0-9]*; do
  [ -e $pid/root/tmp/secret/note ] && grep -q ' /tmp/secret ' $pid/mountinfo && exit 0
done
exit 1
