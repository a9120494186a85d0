# userland: setcap - -v -n -q, several pairs; getcap -n -l; clauses of cap_to_text
t() { "$@"; echo "[$?]"; }
cp /bin/sleep s; t setcap -v cap_net_raw+ep s; t setcap cap_net_raw+ep s; t setcap -v cap_net_raw+ep s; t setcap -v cap_net_admin+ep s; t setcap -q -v cap_net_raw=p s
t setcap -v cap_net_raw=ep s cap_net_raw=p s; printf 'cap_chown=p\n\n' | setcap - s; getcap s; printf '' | setcap - s; t setcap -q - s < /dev/null; setcap -n 1000 cap_chown=ep s; getcap -n s; getcap s; t setcap -n 0 cap_chown=ep s; t getcap -l
for c in 'cap_chown=p cap_kill=i' 'cap_chown,cap_kill=ei cap_kill+p' all=ep =ep all=i cap_chown-p =; do setcap "$c" s; getcap s; done
t setcap cap_chown+ep; t setcap -z; t setcap -r s; t setcap -r s; t su user -c '/usr/sbin/setcap cap_chown+ep /nosuch'; setcap -h
