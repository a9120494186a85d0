# userland: zgrep, zegrep, zfgrep, zdiff and zcmp on compressed and plain files
t() { echo "\$ $*"; "$@"; echo "[$?]"; }
seq 30 > a; seq 2 31 > b; cp a p; gzip a b
t zgrep 1$ a.gz; t zgrep -c 1 a.gz b.gz p; t zgrep -n '^3' a.gz p; t zgrep nosuch a.gz; t zgrep -h 30 a.gz b.gz; t zgrep -l 31 a.gz b.gz; t zgrep -q 5 a.gz; t zgrep -H 5 a.gz; t zgrep -i X a.gz; t zgrep -e 5 -e 6 a.gz; t zgrep -v '[0-2]' a.gz; t zgrep -E '^(5|6)$' a.gz; t zegrep '^(5|6)$' a.gz; t zfgrep 5 a.gz; t zgrep; t zgrep 3 nosuch.gz; t zgrep 5 < a.gz; t zgrep -r 5 .; t zgrep -f pat a.gz; t zgrep -L 31 a.gz b.gz; t zgrep -A1 ^5 a.gz; t zgrep -w 5 a.gz; t zgrep 3 nosuch.gz a.gz; t zgrep --color=never 29 a.gz; t zgrep -in 29 a.gz b.gz
t zcmp a.gz b.gz; t zcmp a.gz a.gz; t zdiff a.gz b.gz; t zdiff -u a.gz p | head -2; t zdiff a.gz p; t zdiff a.gz; t zcmp; t zdiff nosuch.gz p; t zcmp a.gz p; t zcmp p b.gz; t zcmp -s a.gz b.gz; t zdiff -q a.gz b.gz; t zcmp p p; t zdiff p b.gz; t zdiff p
