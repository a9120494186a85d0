# What diff ignores, its colours, labels and formats of one's own, binary files.
t() { echo "--- $*"; diff "$@"; echo "[$?]"; }
seq 1 20 > a; seq 1 20 | sed '3d;7s/.*/seven/;12i new' > b; printf 'x\ny' > nn; printf 'x\ny\n' > wn; : > empty; printf 'a b\n\nc  d\n' > w1; printf 'a  b\nc d \n\n\n' > w2; printf 'A\nb\n' > c1; printf 'a\nB\n' > c2; printf '\0\1bin' > bin1; printf '\0\2bin' > bin2; touch -d '2026-01-01 10:00' a b nn wn empty
t -w w1 w2; t -b w1 w2; t -B w1 w2; t -bB w1 w2; t -Z w1 w2; t -E w1 w2; t -i c1 c2; t c1 c2; t -I '^[ab]' c1 c2; t -I '^1' a b; t --color=always a b; t --color=always -u a b; t --color=always -c a b; t --color=always -y -W 30 a b; t --color=never a b | head -3; t --palette='ad=1;33:de=1;31' --color=always a b; t --label L1 --label L2 -u a b; t --label L1 -u a b; t -L x -c a b; t -D X a b; t -D X nn wn; t --line-format='%L' a b; t --old-line-format='-%l
' --new-line-format='+%l
' --unchanged-line-format='' a b; t --unchanged-group-format='' --changed-group-format='%<|%>' a b; t --old-group-format='[%df,%dl,%dn]%<' --new-group-format='(%dF,%dL,%dN)%>' --unchanged-group-format='' a b; t --line-format='%3dn:%c'"'x'"'%%%c'"'\\012'" a b | head -5
t bin1 bin2; t bin1 bin1; t -a bin1 bin2; t -a bin1 bin2 | cat -v; t --text bin1 bin2 | od -c | head -3; t -q bin1 bin2; t -u bin1 bin2; t bin1 a | head -2
