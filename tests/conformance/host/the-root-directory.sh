# host: ls /, its links and modes; /root, /home, /tmp, /etc of a new machine
ls /; ls -l / | awk 'NR>1 && $1 ~ /^l/ {print $1, $9, $10, $11}'
stat -c '%a %U %n' / /root /home /home/user /tmp /var/tmp /etc /proc /sys /run /dev
ls -A /root /home/user; ls -A /tmp /mnt /srv; ls /home; pwd; echo ~; ls /var; ls -d /usr/* | head -3
ls /etc/passwd /etc/group /etc/fstab /etc/hosts /etc/profile /etc/bash.bashrc /etc/shadow
ls -ld /etc/mtab | cut -d' ' -f9-
ls /dev | grep -x -E 'null|zero|full|random|urandom|tty|ptmx|pts|shm|fd|stdin|stdout|stderr|vda|console'
