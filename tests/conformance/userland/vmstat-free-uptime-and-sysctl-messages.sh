# vmstat, free, uptime, w, sysctl: wrong options, units, layouts
N() { sed 's/[0-9.]\+/N/g; s/  */ /g'; }
h() { echo "### $*"; "$@"; echo "[$?]"; }
h vmstat x; h vmstat 1 x; h vmstat -S x; h vmstat 0; h vmstat 1 2 3 2>&1 | head -3; h vmstat -p nosuch; h vmstat -D | N; h vmstat -d | N | head -4
vmstat -s | N; vmstat -f | N; vmstat -a | N | head -2; vmstat -w | N | head -2; vmstat -t | head -2; vmstat -n 1 2 | wc -l
h free -s 0; h free -s x; h free -c 0; h free -c x; free -w | N; free -c 2 -s 0.1 | N; free -h -t -l | sed 's/[0-9.]\+[KMGi]*B*/N/g; s/  */ /g'
h uptime -x 2>&1 | head -1; h uptime -p; h w -x 2>&1 | head -1; h w -h nosuch
printf '# c\n; d\nkernel.hostname = q\n-nosuch.key = 1\nnosuch.two=1\nbad line\n kernel.domainname=dd\n' > c.conf
h sysctl -p c.conf; h sysctl -p - < c.conf; h sysctl -p /nofile; h sysctl -e nosuch.key; h sysctl kernel/hostname; h sysctl -w kernel.hostname
h sysctl -w kernel.ostype=x; h sysctl -a -r '^kernel.(ostype|hostname)'; h sysctl --dry-run kernel.hostname=x; h sysctl kernel.hostname
