# userland: uname -a and its parts, hostname and its options, errors
uname; uname -a; uname -r; uname -n; uname -m; uname -s; uname -v; uname -o; uname -rs; uname -p
uname -i; uname x; echo "status $?"; uname -z; echo "status $?"
hostname; hostname -s; hostname new; hostname; uname -n; cat /proc/sys/kernel/hostname
cat /etc/hostname; hostname ''; echo "status $?"; hostname 'bad name!'; echo "status $?"
echo other > /proc/sys/kernel/hostname; hostname; arch
hostname $(printf 'x%.0s' {1..70}); echo "status $?"
