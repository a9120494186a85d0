# pmap, pwdx: forms, totals that add up, messages
h() { echo "### $*"; "$@"; echo "[$?]"; }
sleep 100 & p=$!; sleep 0.2
pmap $p | sed -n '1s/[0-9]*/P/p'; pmap $p | awk 'NR > 1 && $1 != "total" {n += $2} $1 == "total" {print n == $2 + 0 ? "adds up" : "differs"}'
pmap -x $p | sed -n 2p; pmap -x $p | tail -2 | sed 's/[0-9][0-9 ]*/N/'; pmap -d $p | sed -n 2p; pmap -d $p | tail -1 | sed 's/[0-9]\{1,\}K/NK/g'
pmap -q $p | sed -n '1s/[0-9]*/P/p'; pmap -q $p | grep -c total; pmap $p | grep -o 'rw--- sleep\|r-x-- sleep\|stack\|r-x-- libc.so.6' | sort -u; pmap -p $p | grep -o '/usr/bin/sleep' | sort -u
h pmap; h pmap abc; h pmap 99999; h pmap -V; h pmap --foo 2>&1 | head -1
h pwdx 1; h pwdx 99999; h pwdx abc; h pwdx; h pwdx -V; h pwdx -h; cd /tmp; pwdx $$ | sed 's/[0-9]*/P/'; su user -c 'pwdx 1'; h pwdx /proc/1
