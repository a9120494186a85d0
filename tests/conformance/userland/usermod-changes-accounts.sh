# userland: usermod
useradd -m bob
show() { grep -H -E '(^|[:,])(bob|robert)' /etc/passwd /etc/shadow /etc/group /etc/gshadow; }
usermod -aG sudo,users bob; show
usermod -G audio bob; show
usermod -r -G audio bob; show
usermod -s /bin/bash -c Bob -e 2031-05-05 -f 3 bob; show
usermod -l robert bob; show
usermod -d /home/robert -m robert; ls -d /home/*
usermod -u 1500 robert; ls -ld /home/robert | cut -d' ' -f1-4
usermod -g sudo robert; id robert
usermod -p hash robert; grep robert /etc/shadow
usermod -L robert; grep robert /etc/shadow
usermod -L robert; grep robert /etc/shadow
usermod -U robert; grep robert /etc/shadow
usermod -v 500000-565535 -w 500000-500009 robert; tail -n 2 /etc/subuid /etc/subgid
usermod -V 500000-565535 robert; tail -n 1 /etc/subuid
