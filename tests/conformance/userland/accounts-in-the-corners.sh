# accounts: subordinate ranges, -K, -k, --root, users that share a number, dates as people write them
useradd eve; useradd bob
usermod -v 200000-265535 eve; grep eve /etc/subuid
usermod -v 300000-300009 eve; usermod -v 300000-300009 eve; grep eve /etc/subuid
usermod -V 170000-180000 eve; grep eve /etc/subuid
usermod -V 1-9999999 eve; grep eve /etc/subuid
useradd -K FOO=1 kk; echo $?
useradd -K UID_MIN kk; echo $?
useradd -K UID_MIN=5000 kk; id -u kk
useradd -k /x kk2 2>&1 | head -1
useradd -R /nosuch x; echo $?
useradd -R rel x; echo $?
chage -R /nosuch -l root; echo $?
useradd -o -u 1000 twin; id twin; id 1000
for it in '1 jan 2026' 2025/12/31 12/30/2025 2025-1-2; do
  chage -d "$it" user; getent shadow user | cut -d: -f3
done
chage user < /dev/null; echo $?
useradd -m ann; su ann -c 'sleep 30' & sleep 0.5
userdel ann 2>&1 | sed 's/[0-9]*$/PID/'
userdel -f ann 2>&1 | sed 's/[0-9]*$/PID/'
id ann
useradd --version 2>&1 | head -1
passwd -h | head -1; chage -h | head -1; usermod -h | head -1
