# shell: history -w, -a, -n, -r; HISTTIMEFORMAT; HISTSIZE, HISTCONTROL and HISTIGNORE
HISTFILE=/tmp/h; history -s a; history -s b; history -w; cat /tmp/h; history -s c; history -a; cat /tmp/h
echo outside >> /tmp/h; history -n; history; history -c; history -r; history
history -r /nosuch; echo $?; history -w /nosuch/x; echo $?
history -c; printf '#1700000000\nold one\n#1700000060\nold two\nmore\n' > /tmp/t; history -r /tmp/t; history
HISTTIMEFORMAT='%F %T '; history; unset HISTTIMEFORMAT
history -c; HISTSIZE=3; for i in 1 2 3 4 5; do history -s "h $i"; done; history; HISTSIZE=-1
HISTCONTROL=ignorespace:ignoredups; history -s ' hidden'; history -s d; history -s d; history 2
HISTIGNORE='ls*:&'; history -s ls -l; history -s d; history -s e; history 2
HISTCONTROL=erasedups HISTIGNORE=; history -s d; history 2
