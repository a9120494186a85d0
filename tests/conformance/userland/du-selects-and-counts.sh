# userland: du - files to take and to leave out, units, --files0-from, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
mkdir -p d/a/b d/c; head -c 10000 /dev/zero > d/a/x; head -c 5000 /dev/zero > d/a/b/y; head -c 1 /dev/zero > d/c/z; ln d/a/x d/c/hard; truncate -s 1M d/c/sparse; ln -s a d/la; touch d/e.log d/c/f.log
t du d
t du -a d
t du -s d
t du -sh d
t du -h d
t du -b d
t du -sb d
t du --apparent-size d
t du --apparent-size -h d
t du -d 1 d
t du -d 0 d
t du --max-depth=1 -a d
t du --max-depth=x d
t du --max-depth=-1 d
t du -s -a d
t du -s -d 1 d
t du -s -d 0 d
t du -c d/a d/c
t du -ch d/a d/c
t du -c nosuch d/a
t du nosuch
t du -t 8K d
t du -t -8K d
t du --threshold=-0 d
t du -t x d
t du -t 0 d
t du --inodes d
t du --inodes -a d
t du --inodes -s d
t du --inodes -h d
t du --exclude='*.log' -a d
t du --exclude=b d
t du -X ex d
echo '*.log' > ex; echo c >> ex
t du -X ex -a d
t du -l d
t du -L d
t du -D d/la
t du -H d/la
t du -P d/la
t du -S d
t du -k d; t du -m d
t du -B 1 d/c
t du -BM d
t du -B K d
t du --block-size=1k d
t du --block-size=x d
t du --si d
t du -0 d | tr '\0' '@'
t du -x d
printf 'd/a\0d/c\0' > list
t du --files0-from=list
t du --files0-from=list -s
t du --files0-from=nosuch
t du --files0-from=list d
printf 'd/a\0\0d/c' | t du --files0-from=-
printf 'd/a\0-\0' | t du --files0-from=-
t du --time d | cut -f1,3
t du --time --time-style=+%Y -s d
t du --time=bad d
t du --time-style=bad --time d
t du --nosuch
t du d d
t du d/a d
t du d d/a
t du -s d/a/../c
t du ''
BLOCK_SIZE=1 t du d/c
DU_BLOCK_SIZE=K t du d/c
POSIXLY_CORRECT=1 t du d/c
t du d/
t du -a d/c/
cd d; t du; t du -a c; t du .; t du ..  -s -d0 | wc -l
