# userland: passwd
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
show() { grep ^user: /etc/shadow | cut -c1-7; }
try passwd -l user; show
try passwd -u user; show
try passwd -d user; show
try passwd -l user; show
printf 'abc\nabc\n' | passwd user; echo "[$?]"
try passwd -S user
try passwd -l user; passwd -S user
try passwd -u user; passwd -S user
try passwd -e user; passwd -S user
try passwd -n 1 -x 30 -w 5 -i 10 user; passwd -S user
try passwd -q -x -1 user; passwd -S user
printf 'a\nb\n' | passwd user; echo "[$?]"
printf '\n\n' | passwd user; echo "[$?]"
printf 'x\nx\n' | passwd; echo "[$?]"
try passwd user
try passwd nosuch
try passwd -S nosuch
try passwd -l
try passwd -x
try passwd -n x user
try passwd a b
try passwd -S -l user
try passwd --nosuch
