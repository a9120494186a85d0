# mount: a slave receives but does not send; private neither; unbindable cannot be bound
mkdir s v u c; mount -t tmpfs s s; mount --make-shared s; mkdir s/x s/y; mount --bind s v
mount --make-slave v; mount -t tmpfs in s/x; findmnt -no SOURCE v/x; mount -t tmpfs out v/y
findmnt s/y; echo "status $?"; findmnt -no TARGET,PROPAGATION v
grep ' /root/v ' /proc/self/mountinfo | grep -o 'master:[0-9]*' | sed 's/[0-9]*$/N/'
mount --make-private s; mkdir s/z; mount -t tmpfs z s/z; findmnt v/z; echo "status $?"
mount -t tmpfs u u; mount --make-unbindable u; findmnt -no PROPAGATION u
mount --bind u c; echo "status $?"; mount --make-rshared /; mount --make-nosuch u; echo "status $?"
mount --make-slave v; findmnt -no PROPAGATION v
