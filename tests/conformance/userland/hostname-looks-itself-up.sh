# userland: names of the host that /etc/hosts has or has not, numbers, and no name at all
for n in four a.b A.B.C $(printf 'y%.0s' {1..63}) $(printf 'y%.0s' {1..64}) host localhost 1.2.3.4 1; do hostname "$n"; echo "[$n]"; for o in -f -d -s -i -a; do hostname $o; echo "$o $?"; done; dnsdomainname; echo $?; done
echo "" > /proc/sys/kernel/hostname; hostname -f; echo $?
hostname one; echo "10.0.0.1 one.d one uno" >> /etc/hosts; for o in -f -d -a -i -s; do hostname $o; done; hostname two; unshare -un sh -c 'hostname zz; hostname -f'
