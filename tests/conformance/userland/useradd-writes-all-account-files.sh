# userland: useradd
useradd bob
tail -n 1 /etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/subuid /etc/subgid
ls -l /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid- | cut -d' ' -f1-4
useradd -m -s /bin/bash -c 'Al Ice' -G sudo,users alice
tail -n 1 /etc/passwd /etc/shadow /etc/subuid
grep -H alice /etc/group /etc/gshadow
ls -la /home/alice | cut -d' ' -f1-4
id alice
useradd -r service
useradd -g users -N nina
useradd -d /opt/x -M xeno
useradd -u 5000 -o five
useradd -K UID_MIN=3000 key
useradd -e 2030-01-01 -f 5 -p hash gone
tail -n 6 /etc/passwd /etc/group /etc/shadow
useradd -m -b /opt/new/deep below
ls -d /opt/new/deep/below
useradd -m -d /home/user again
