# shell: fc -l, -n, -r, -s, -e and the ranges
fc -l; echo $?; fc -s; echo $?; fc -z; echo $?; fc -e; echo $?
for i in 1 2 3; do history -s "echo cmd $i"; done; history -s 'ls nosuch'; history -s 'echo last'
fc -l 2 3; fc -l 3 2; fc -lr; fc -ln -2; fc -l -2 -1; fc -l ls; fc -l nosuch; echo $?; fc -l 0; fc -l 1 99
fc -s; fc -s cmd=CMD 1; fc -s ls; echo $?; fc -s nosuch; echo $?; fc -s -1; fc -e - 2
printf '#!/bin/sh\necho "ed: $#"; cat "$1"; echo "echo edited" > "$1"\n' > /tmp/ed; chmod +x /tmp/ed
fc -e /tmp/ed 1 2; echo $?; FCEDIT=/tmp/ed fc 3; fc -r -e /tmp/ed 1 2; fc -e /nosuch 1; echo $?; fc -e false 1; echo $?
history
