# userland: -l, --tag, -b, -z and checking
seq 1000 > s; printf 'x' > b; : > e
b2sum s b e; b2sum < s; b2sum -l 128 s; b2sum -l 7 s; b2sum -l 513 s; b2sum -l 520 s; b2sum -l 0 s; b2sum -l x s; b2sum --tag s; b2sum --tag -l 64 s; b2sum -b s; b2sum -bz s b | od -c | head -3
b2sum s b > sums; b2sum -c sums; b2sum -l 128 s b > sums; b2sum -c sums; b2sum --tag s b > sums; b2sum -c sums;b2sum -l 128 --tag s b > sums; b2sum -c sums; md5sum -c sums; echo $?
