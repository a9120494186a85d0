# fs: RLIMIT_FSIZE: what fits is written, then SIGXFSZ or EFBIG
(ulimit -f 1; truncate -s 1024 f; echo $?; truncate -s 1025 f; echo $?; truncate -s 100 f; echo $?; fallocate -l 1025 h; echo $?; stat -c %s h; dd if=/dev/zero of=m bs=1 count=1 seek=2000 status=none; echo $?; printf x >> n; mkdir d; ln -s $(printf 'a%.0s' {1..1500}) l; echo $?; head -c 3000 /dev/zero > /dev/null; echo $?; head -c 3000 /dev/zero | wc -c)
(ulimit -f 1; head -c 2000 /dev/zero > a; echo $?; stat -c %s a; seq 1000 | tee b > /dev/null; echo $?; stat -c %s b)
(trap '' XFSZ; ulimit -f 1; truncate -s 1025 f; echo $?; fallocate -l 2000 h; echo $?); bash -c 'ulimit -f 0; echo hi > z; echo not reached'; echo $?; bash -c 'ulimit -f 0; : > z; echo $?'
