# userland: truncate, mktemp - sizes, templates, what they refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t truncate -s 10 f; wc -c f
t truncate -s +5 f; wc -c f
t truncate -s -3 f; wc -c f
t truncate -s '<8' f; wc -c f
t truncate -s '>20' f; wc -c f
t truncate -s /8 f; wc -c f
t truncate -s %10 f; wc -c f
t truncate -s 1K f; wc -c f
t truncate -s 1KB f; wc -c f
t truncate -s 2kiB f; wc -c f
t truncate -s -99999 f; wc -c f
t truncate -o -s 1 f; wc -c f
t truncate -c -s 1 none; ls none
truncate -s 77 r
t truncate -r r f; wc -c f
t truncate -r r -s +3 f; wc -c f
t truncate -r r -s 3 f
t truncate -r nosuch f
t truncate -s x f
t truncate -s '' f
t truncate -s +x f
t truncate -s /0 f
t truncate -s %0 f
t truncate -o f
t truncate f
t truncate -s 5
t truncate
t truncate -s 5 .
t truncate -s 5 nosuch/f
t truncate -s 9E f; rm -f f
t truncate -s 99E f
t truncate -s 10 -x f
t truncate --size=6 --no-create --io-blocks f
m() { echo "$ mktemp ${*@Q}"; mktemp "$@" | sed -E 's/[A-Za-z0-9]{10}$/XXXXXXXXXX/; s/(a|b)[A-Za-z0-9]{4}/\14444/'; echo "[${PIPESTATUS[0]}]"; }
m
m -d
m -u
m aXXXX
m bXXXX.txt
m --suffix=.c aXXXX
m --suffix=/c aXXXX
m --suffix=.c aXXXX.b
m -p /tmp aXXXX
m -p /nosuch aXXXX
m -t aXXXX
m -t d/aXXXX
m --tmpdir aXXXX
m --tmpdir=/tmp aXXXX
m --tmpdir=/tmp /aXXXX
m -p /tmp -d aXXXX
m aXX
m a
m /nosuch/aXXXX
m -d /nosuch/aXXXX
m -q /nosuch/aXXXX
m aXXXX bXXXX
m -x
m ''
m XXX/a
m aXXXX/b
m --suffix=x a
TMPDIR=/nosuch m
TMPDIR=/nosuch m -t aXXXX
TMPDIR=/nosuch m -p /tmp aXXXX
d=$(mktemp -d); stat -c '%A' $d; f=$(mktemp); stat -c '%A %s' $f
