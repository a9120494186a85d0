# shell: for, C-style for, while, until, break n, continue
for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done
for ((i=0; i<3; i++)); do printf '%s ' $i; done; echo
n=3; while ((n--)); do echo -n "$n "; done; echo
until [ -e flag ]; do touch flag; echo once; done
for a in x y; do for b in 1 2 3; do [ $b = 2 ] && break 2; echo $a$b; done; done
for i in; do echo never; done; echo "status $?"
set -- p q; for w; do echo $w; done
while false; do :; done; echo $?
break; echo "status $?"
