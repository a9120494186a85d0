# userland: lsmod, modprobe, rmmod, insmod, modinfo - what depends on what, what is in use, who may
lsmod | head -3; lsmod | grep -w overlay; lsmod | wc -l
modprobe nosuch; echo $?
modprobe; echo $?
modprobe -n overlay; echo $?
modprobe overlay; echo $?
modprobe -v overlay
modprobe -r nosuch; echo $?
modprobe -D overlay
modprobe -q nosuch; echo $?
modprobe -a overlay br_netfilter; echo $?
lsmod | grep br_
modprobe -r sch_netem; echo $?; lsmod | grep sch_netem
modprobe -v sch_netem; echo $?; lsmod | head -2
modprobe --first-time overlay; echo $?
modprobe -r ext4; echo $?
modprobe -r bridge; echo $?; rmmod br_netfilter; modprobe -r -v bridge; lsmod | grep -c 'bridge\|stp\|llc'
rmmod nosuch; echo $?
rmmod; echo $?
rmmod ext4; echo $?
rmmod dummy veth; echo $?; grep -c 'dummy\|veth' /proc/modules
insmod; echo $?
insmod nosuch; echo $?
modinfo nosuch; echo $?
modinfo; echo $?
modinfo -n overlay; modinfo -F license overlay; modinfo -d overlay; modinfo -a overlay; modinfo -F depends nf_tables; modinfo -F alias overlay; modinfo -F name br-netfilter
modinfo -F nofield overlay; echo $?
lsmod extra; echo $?
su user -c 'modprobe dummy; echo $?; rmmod overlay; echo $?; lsmod | head -2; head -1 /proc/modules | cut -d" " -f6'
modprobe configs; echo $?
readlink $(which lsmod modprobe); ls /lib/modules
insmod /lib/modules/$(uname -r)/kernel/drivers/net/dummy.ko; echo $?; insmod /lib/modules/$(uname -r)/kernel/drivers/net/dummy.ko; echo $?; lsmod | head -2
dpkg -S $(which modprobe) 2>&1 | cut -d: -f1
