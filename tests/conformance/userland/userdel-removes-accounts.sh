# userland: userdel
try() { echo "\$ $*"; "$@"; echo "[$?]"; }
useradd -m bob; usermod -aG sudo bob
try userdel bob
ls /home; grep bob /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/subuid /etc/subgid
useradd -m carl
try userdel -r carl
useradd -m dora; touch /var/mail/dora
try userdel -r dora
useradd -M eve
try userdel -r eve
useradd -m fred; chown root /home/fred
try userdel -r fred
useradd gus; usermod -aG gus root
try userdel gus
useradd hal; useradd -g hal ida
try userdel hal
try userdel nosuch
try userdel root
try userdel
try userdel a b
try userdel --nosuch x
tail -n 2 /etc/passwd /etc/group
