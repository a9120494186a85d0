# shell: a process substitution may stand anywhere in a word, also in assignments, arrays and lists
p() { printf '<%s>' "$@" | sed 's/[0-9][0-9]*/N/g'; echo; }
p a=<(true)b
p x<(true)y
p <(true)<(true)
p --file=<(echo hi)
p "q"<(true)'z'$HOME
a=<(true)b; p "$a"
a=(x<(true)y z); p "${a[@]}"
for i in x<(true) y; do p $i; done
dd if=<(echo data) 2>/dev/null
declare v=<(true); p $v
x=<(true) y=2; p $x $y
f() { a=<(true) b=3 cat <(echo x)y; }; declare -f f
