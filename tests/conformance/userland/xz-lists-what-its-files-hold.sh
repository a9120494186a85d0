cd /tmp
seq 1000 | xz > a.xz; seq 20000 | xz -C crc32 > b.xz; : | xz > e.xz
xz -l a.xz; xz -l a.xz b.xz e.xz; echo $?
xz -lv a.xz; xz -lvv a.xz b.xz; xz -lvv e.xz
xz -l --robot a.xz b.xz; xz -lvv --robot a.xz
cat a.xz a.xz > two.xz; xz -lv two.xz
(cat a.xz; printf '\0\0\0\0'; cat b.xz) > padded.xz; xz -lvv padded.xz; xzcat padded.xz | wc -l; xzcat --single-stream padded.xz | wc -l
seq 1000 | xz --block-list=100,200,0 | cat > blocks.xz; xz -lv blocks.xz
seq 1000 | xz -T2 --block-size=2000 > threads.xz; xz -lvv threads.xz
seq 10 | xz -C none > none.xz; xz -lvv none.xz; seq 10 | xz -C sha256 > sha.xz; xz -lvv sha.xz
xz -l nothere a.xz; echo $?
echo something longer than a header > t; xz -l t; echo $?; echo x > t; xz -l t; : > t; xz -l t; head -c 100 a.xz > t; xz -l t
xz -l; echo $?; xz -l < a.xz; lzma -l a.xz; echo $?
for it in a.xz none.xz b.xz sha.xz; do file $it; done
seq 10 | lzma > l.lzma; file l.lzma; file -i a.xz l.lzma
