# userland: dd conv= that exclude each other, rm of x/., mount -T, findmnt -m, lsns -P
t() { "$@"; echo "[$?]"; }
seq 9 > a; for c in ascii,ebcdic ibm,ascii lcase,ucase; do t dd if=a of=b conv=$c status=none; done
mkdir d; t rm -r d/.; t rm -r nosuch/.; t rm -rf nosuch/.; t rm -r d/..; ls -d d
t mount -T nosuch -a; findmnt -m -t tmpfs -o TARGET,FSTYPE; lsns -P 2>&1; echo $?
