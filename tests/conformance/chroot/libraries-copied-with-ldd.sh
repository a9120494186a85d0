# chroot: the loop that copies what ldd prints
mkdir r
for b in bash ls cat; do cp --parents /bin/$b r; ldd /bin/$b | grep -o '/lib[^ ]*' | while read l; do cp -n --parents $l r; done; done
find r -type f | sort
chroot r /bin/bash -c '
	PATH=/bin; ls /; cat /nosuch; echo "status $?"; ls -l /bin | wc -l; type ls
	ps; cd /proc'
chroot r /bin/cat /etc/passwd; echo "status $?"
