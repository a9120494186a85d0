# userland: tar -S and the formats of sparse files
truncate -s 1M s; printf abc | dd of=s bs=1 seek=500000 conv=notrunc status=none; truncate -s 3M holes; echo data > plain
for i in 0 10 20 30 40 50 60 70; do printf $i | dd of=many bs=1 seek=$((i * 10000)) conv=notrunc status=none; done
tar cf a.tar s holes plain; stat -c %s a.tar; tar cSf b.tar s holes plain many; stat -c %s b.tar
tar tf b.tar; tar tvf b.tar | awk '{print $1, $3, $6}'
mkdir x y; tar -C x -xf b.tar; cmp s x/s; cmp holes x/holes; cmp many x/many; cmp plain x/plain; stat -c '%n %s %b' x/*
tar -C y -xf a.tar; stat -c '%n %s %b' y/*; tar xOf b.tar s | cmp - s; tar df b.tar && echo same
for v in 0.0 0.1 1.0; do tar --posix --sparse-version=$v -cSf q.tar s many; stat -c %s q.tar; tar tf q.tar; mkdir v$v; tar -C v$v -xf q.tar; cmp s v$v/s; cmp many v$v/many; done
head -c 512 b.tar | od -An -c | sed -n '9,11p;25,32p'
head -c 100000 /dev/zero > z; tar --hole-detection=raw -cSf r.tar z; stat -c %s r.tar; tar --hole-detection=seek -cSf r.tar s; stat -c %s r.tar
tar --hole-detection=bogus -cSf r.tar s; echo $?
