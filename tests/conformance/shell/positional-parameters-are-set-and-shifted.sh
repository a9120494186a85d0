# shell: set --, shift, $@ in functions and in scripts
set -- one 'two words' three
echo $#: "$1" "$2" "$3" "$4"
for a; do echo "<$a>"; done
shift; echo "$# $1"; shift 2; echo "$# [$1]"; shift; echo "status $?"
set -- $(echo a b c); echo "$3$2$1"; set --; echo $#
f() { echo "$# $1"; shift; echo "$*"; }; set -- x; f p q r; echo "$1"
echo 'echo "$0 has $#: $*"' > s; bash s a 'b c'; bash s; . ./s 1 2
