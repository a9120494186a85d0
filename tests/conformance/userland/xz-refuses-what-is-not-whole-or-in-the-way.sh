cd /tmp
seq 1000 > a; xz -k a
xz a; echo $?; unxz a.xz; echo $?; xz -q a; echo $?; xz -qq a; echo $?
xz nothere; echo $?; xz -d nothere.xz; echo $?; xz -d a; echo $?; xz a.xz; echo $?
mkdir d; xz d; echo $?; xz -d d; echo $?; mkfifo p; xz p; echo $?
ln -s a l; xz l; echo $?; ln a h; xz h; echo $?; cp a s; chmod u+s s; xz s; echo $?; chmod 1644 s; xz s; echo $?
xz -kf l; ls -l l.xz | cut -c1-10; xz -f h; ls
cp a.xz x.foo; xz -d x.foo; echo $?; xz -d -S .foo x.foo; echo $?; xz -S .bar x; ls x*; xz -S a/b x.bar; echo $?
for count in 5 100 300 555; do head -c $count a.xz > t.xz; xz -t t.xz; echo $?; xzcat t.xz | wc -c; done
xz -d t.xz; echo $?; ls t*
for at in 6 7 14 40 100 520 540 550; do cp a.xz t.xz; printf '\377' | dd of=t.xz bs=1 seek=$at conv=notrunc 2> /dev/null; xz -t t.xz; echo $at $?; done
(cat a.xz; echo trash) > t.xz; xz -t t.xz; echo $?; xz -t --single-stream t.xz; echo $?
(cat a.xz; printf '\0\0\0') > t.xz; xz -t t.xz; echo $?; : > t.xz; xz -t t.xz; echo $?
lzma -kc a > a.lzma; head -c 200 a.lzma | lzcat | wc -c; (cat a.lzma; echo x) | lzma -t; echo $?
unlzma -c a.xz; echo $?; xz -F xz -dc a.lzma; echo $?; xzcat a.lzma | tail -n 1
xzcat -f a | tail -n 1; xz -dc a a.xz | tail -n 1
xz --nope; echo $?; xz -Y; echo $?; xz -S; echo $?; xz -C md5 a; echo $?; xz -F foo a; echo $?; xz -T foo a; echo $?
xz --lzma2=foo a; echo $?; xz --lzma2=preset=22 a; echo $?; xz --lzma2=dict=1 a; echo $?; xz --lzma2=lc=4,lp=1 a; echo $?
xz -c a > /dev/full; echo $?; XZ_OPT=--nope xz a; echo $?
echo a > names; xz -kf --files=names; echo $?; xz --files=nope; echo $?
xz -V; xz --robot -V; xz --help | head -n 1; unxz -h | head -n 1
