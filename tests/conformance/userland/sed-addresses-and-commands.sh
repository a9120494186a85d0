# userland: line numbers, ranges, patterns, d p q a i c y =, -n, -i, $!
seq 6 > f; sed -n 2p f; sed -n '2,4p' f; sed '2,5d' f; sed '/3/,$d' f; sed -n '$p' f; sed '1!d' f
sed 3q f; sed '/2/a after' f | head -4; sed '1i before' f | head -2; sed '2c changed' f | head -3
sed 'y/123/abc/' f | head -3; sed -n '/3/=' f; sed -n '2~2p' f; sed 's/1/x/w out' f > /dev/null
cat out; sed -i s/6/six/ f; tail -1 f; sed -i.bak 1d f; head -1 f f.bak; sed '$!N;s/\n/ /' f
sed -n '/2/{p;q}' f; sed G f | head -4
