# userland: gzip: messages and statuses
t() { "$@"; echo "[$?]"; }
seq 100 > a; gzip -k a; t gzip a </dev/null; t gzip nosuch; t gunzip nosuch; t zcat nosuch.gz; t gunzip a; t zcat a; t gzip -d a
mkdir d; t gzip d; t gzip -S '' a; t gzip a.gz; t gzip -q a.gz; ln a b; t gzip b; ln a c; t gzip -k a; ln -s a s; t gzip s; rm b c
head -c 60 a.gz > t.gz; t zcat t.gz; t gzip -t t.gz; t gzip -l t.gz; (cat a.gz; echo junk) > j.gz; t gunzip -t j.gz; zcat j.gz | tail -1
(head -c -8 a.gz; printf 12345678) > c.gz; t gzip -t c.gz; t gunzip -k c.gz; : > e.gz; t zcat e.gz; t gzip -d < /dev/null
printf '\037\213\011\000\000\000\000\000\000\000\000\000' | t gzip -d; printf 'BZh9' | t gzip -d
t gzip -z; t gunzip --nosuch; t gzip -Z a; t gzip -b x a; t gzip -10 a; t gzip --s a; t gzip -a -kf a; t gunzip -q nosuch; t gzip -t a a.gz nosuch
