# userland: names of paths; number of processors; yes
basename /a/b.txt; basename /a/b.txt .txt; basename /; basename a/; basename -a x/y z
basename -s .c a.c b.c; basename; echo "status $?"; basename ''; basename a b c
dirname /a/b; dirname a; dirname /; dirname a/b/ c; dirname; echo "status $?"; cd /tmp; /bin/pwd
nproc; nproc --all; nproc --ignore=1; taskset -c 0 nproc; nproc x; yes | head -2; yes a b | head -1
yes -z; echo "status $?"
