# userland: gzip: sizes, ratios and bytes; -k -c -v -l -n -N -r -t -S and levels
seq 1000 > a; touch -d '2024-03-04 05:06:07' a
for l in 1 2 3 4 6 9; do gzip -$l -n < a | md5sum; done
seq 100000 | gzip -n | md5sum; seq 100000 | gzip -1n | md5sum
head -c 100000 /dev/zero | gzip -9 | wc -c; gzip < /dev/null | od -An -tx1; gzip -c a | head -c 12 | od -An -tx1
gzip -vk a; gzip -l a.gz; gzip -lv a.gz | sed 's/defla ......../defla CRC/'
mv a.gz z.gz; gunzip -Nkv z.gz; gzip -kv9 a; gunzip -v < z.gz | wc -l; gzip -tv a.gz z.gz; gzip -l a.gz z.gz; gzip -lq z.gz
cat a.gz z.gz | zcat | wc -l; gzip -l < a.gz
rm a.gz z.gz; gzip -S .foo a; ls; gzip -dS .foo a.foo; ls
mkdir -p d/e; cp a d/x; cp a d/e/y; gzip -rv d | sort; ls d d/e; gzip -rl d; gunzip -r d; ls d d/e; gzip -tr d; echo $?
chmod 400 a; gzip a; stat -c '%a %y %n' a.gz; gunzip a; stat -c '%a %y %n' a
echo plain | zcat -f; gzip -cv a > /dev/null
