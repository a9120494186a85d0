f() { if [ "$1" = 0 ]; then echo bottom; return 3; fi; f $(($1 - 1)); }
for depth in 10 100 1000 3000; do f $depth; echo $depth $?; done
g() { local n=$1; [ $n = 0 ] && exit 4; g $((n - 1)); }
(g 500); echo $?
h() { [ $1 = 0 ] && { false; return; }; h $(($1 - 1)) || return; }
h 200; echo $?
set -e
(h 100; echo no) || echo yes
sh -c 'f() { [ $1 = 0 ] && return 5; f $(($1 - 1)); }; f 900'
