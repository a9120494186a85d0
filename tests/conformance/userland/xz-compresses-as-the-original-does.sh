# The encoder finds the same matches and chooses the same codes, at every level.
cd /tmp
seq 4000 > numbers
for level in 0 1 2 4 5 6 6e; do echo "-$level $(xz -c -$level numbers | md5sum)"; done
head -c 30000 /dev/zero | xz | md5sum
cat numbers numbers | lzma | md5sum
echo hi | xz | od -An -tx1
echo hi | xz -T2 -C sha256 | od -An -tx1
: | xz | od -An -tx1
xz -c --block-size=5000 numbers | md5sum
xz -c --lzma2=dict=64KiB,lc=1,lp=2,pb=0 numbers | md5sum
xz -k numbers && ls numbers*
xz -v numbers; echo $?
xz -kf numbers; unxz -c numbers.xz | md5sum; md5sum < numbers
rm numbers; xz -dv numbers.xz; ls numbers*
lzma numbers; ls numbers*; lzcat numbers.lzma | tail -n 1; unlzma numbers.lzma; ls numbers*
xz < numbers | xzcat | tail -n 1
chmod 640 numbers; touch -d 2001-01-01 numbers; xz numbers; ls -l --time-style=long-iso numbers.xz | cut -c1-10,28-
xz -t numbers.xz; echo $?; unxz numbers.xz; ls
mkdir d; cp numbers d; tar cJf d.tar.xz d; tar tf d.tar.xz; tar tJf d.tar.xz; tar caf d.txz d; file d.txz; rm -r d; tar xf d.txz; ls d
XZ_OPT=-v xz -c d/numbers > /dev/null
echo hi | xz -vv -3 > /dev/null
