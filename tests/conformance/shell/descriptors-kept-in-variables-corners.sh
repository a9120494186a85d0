un=abc; exec {un}>&-; echo $?
unset un; exec {un}>&-; echo $?
un=-1; exec {un}>&-; echo $?
readonly ro=1; exec {ro}>f; echo $?
echo x {ro}>f; echo $?
declare -a ar; exec {ar[2]}>j; echo ${ar[2]}; echo hi >&${ar[2]}; cat j; exec {ar[2]}>&-
shopt -s varredir_close; echo v {w}>h; echo late >&$w; echo $?; cat h; shopt -u varredir_close
echo v {w}>h; echo late >&$w; cat h
exec 7>&1; echo a 1>&7-; echo b >&7; { echo x >&8-; echo y >&8; } 8>&1; f() { echo f >&3; }; f 3>&7-; echo c >&7
(exec -la zed bash -c 'echo $0'); printf '#!/bin/bash\necho "$0"\n' > s; chmod +x s; (cd /; exec ../root/s)
