# mount: what each of the flags forbids
chmod 755 .; mkdir d; mount -t tmpfs t d; cp /bin/id d; chmod 4755 d/id
printf '#!/bin/sh\necho ran\n' > d/s; chmod +x d/s; mknod -m 666 d/null c 1 3; echo t > d/t; ln -s t d/l
su user -c '/root/d/id -u'; mount -o remount,nosuid d; su user -c '/root/d/id -u'; mount -o remount,noexec d
d/id; echo "status $?"; d/s; echo "status $?"; sh d/s; . d/s; [ -x d/s ] || echo "not executable"
mount -o remount,exec,nodev d
echo x > d/null; cat d/null; mount -o remount,nosymfollow d; cat d/l; readlink d/l; ls d; cat d/t
findmnt -no OPTIONS d; ln -s d/t out; cat out
