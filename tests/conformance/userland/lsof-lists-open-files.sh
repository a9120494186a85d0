# lsof: selections, their combination, columns, fields, statuses
N() { sed "s/\b$p\b/P/g; s/  *[0-9]\{2,\} / N /g; s/[0-9]\{5,\}/N/g"; }
h() { echo "### ${*//$p/P}"; "$@" 2>&1 | grep -v ' mem ' | N; echo "[${PIPESTATUS[0]}]"; }
mkdir d; sleep 100 > d/f & p=$!; sleep 0.2
h lsof d/f; h lsof -p $p -a -d cwd,rtd,1; h lsof -t d/f; h lsof +D d; h lsof +d d; h lsof -c sleep -a d/f; h lsof -c slee -t; h lsof -u root -a -c sleep -t
h lsof -i; h lsof -i :80; h lsof nofile; h lsof -p 99999; h lsof -F pcn d/f; h lsof -F ftsl -a -p $p -d 1; h lsof -d 1 -a -p $p; h lsof -l -a -p $p -d 1; h lsof -o -a -p $p -d 1
h lsof -s -a -p $p -d 1; h lsof +f g -a -p $p -d 1; h lsof -u nosuch; h lsof -Q nofile; h lsof +c 0 -a -p $p -d 1; h lsof -c '/^sleep$/' -t; h lsof -zz; h lsof -a -p $p -d 1-2,^2
rm d/f; h lsof -a -p $p -d 1; h lsof +L1 -a -p $p; kill $p; mount -t tmpfs t /mnt; (cd /mnt; exec sleep 99) & p=$!; sleep 0.2; h lsof /mnt; h umount /mnt; cd /; h lsof -t /mnt
