# userland: sparse files, temporary names, sums
truncate -s 1M s; stat -c '%s %b' s; du s; truncate -s 5 s; stat -c %s s; truncate -s +3 s
stat -c %s s; truncate; echo "status $?"; truncate -s x s; mktemp -u | tr -c '/tmp.\n' X | cut -c1-9
d=$(mktemp -d); stat -c %a $d; f=$(mktemp); stat -c '%a %s' $f; mktemp nosuch/XXXXXX; mktemp bad
printf hello | md5sum; printf hello | sha256sum; printf hello > h; md5sum h nosuch; echo "status $?"
md5sum h | md5sum -c
