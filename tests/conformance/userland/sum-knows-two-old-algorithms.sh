# userland: BSD and System V sums, of files and of standard input
seq 1000 > s; printf 'x' > b; : > e
sum s; sum < s; sum s b e; sum -s s; sum -s < s; sum -r s b; sum --sysv s b e; sum -s -r s; sum nosuch s; echo $?; sum -x; sum .; echo $?; sum - < s; sum s - < b; sum -s e; sum -s - < s; sum e;head -c 100000 /dev/zero | sum
