# block: losetup with missing files, devices in use, devices that are none, and wrong options
losetup -f missing.img; echo $?
losetup /dev/loop0 missing.img; echo $?
losetup -d /dev/loop0; echo $?
losetup -d /dev/nothing; echo $?
losetup -d /etc/passwd; echo $?
losetup /dev/loop0; echo $?
truncate -s 1M a b
losetup /dev/loop0 a; losetup /dev/loop0 b; echo $?
losetup /dev/null a; echo $?
mkdir d; losetup -f d; echo $?
: > empty; losetup -f --show empty; echo $?
losetup -f a b; echo $?
losetup --nosuch; echo $?
losetup -o x -f a; echo $?
losetup -c /dev/loop5; echo $?
losetup -D; losetup -a
su user -c '/usr/sbin/losetup -f; /usr/sbin/losetup -a; /usr/sbin/losetup /dev/loop1 /etc/passwd'; echo $?
