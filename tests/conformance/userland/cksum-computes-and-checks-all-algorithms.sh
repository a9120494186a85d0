# userland: every --algorithm, lists with tags, lists that are wrong
printf 'hello\n' > a; printf 'x' > b; : > e; seq 1000 > s
cksum a b e s; cksum < a; cksum nosuch a; echo $?
for x in bsd sysv crc md5 sha1 sha224 sha256 sha384 sha512 blake2b sm3; do cksum -a $x a b; cksum --untagged -a $x a; done
cksum -a foo a; echo $?
cksum -a; cksum --algorithm= a
cksum -a sha256 a b > sums; cat sums; cksum --check sums; cksum -c sums; cksum -a sha256 -c sums; cksum -a md5 -c sums; echo $?
cksum -a crc -c sums; echo $?; cksum -a bsd -c sums
cksum --tag a; cksum -a md5 --tag a; cksum -l 8 a; cksum -a blake2b -l 128 a; cksum -a blake2b -l 7 a; cksum -a blake2b -l 1024 a; cksum -a blake2b -l 0 a; cksum -a blake2b -l x a; cksum -a sha256 -l 8 a
cksum -z a b | od -c | head -3; cksum -a md5 -z a | od -c
cksum -a md5 --untagged a > m; cksum -a md5 -c m; cksum -c m; echo $?
cksum --strict a; cksum -c --zero sums; cksum --warn a; cksum --status a; cksum --quiet a; cksum --ignore-missing a
cksum -a blake2b -l 128 a >> sums; echo junk >> sums; cksum -a md5 s>> sums; cksum -c sums; echo $?; cksum -w -c sums; cksum -c --strict sums; echo $?
echo change >> b;  cksum -c sums; echo $?; cksum -c --quiet sums; cksum --status -c sums; echo $?; rm b; cksum -c sums; echo $?; cksum -c --ignore-missing sums; echo $?
cksum -a sha256 --tag --check sums; cksum -a sysv --tag a; cksum -a bsd --untagged a; cksum . ; cksum -a md5 .; cksum -x
touch 'a
b' 'c\d'; cksum a?b c*d; cksum -a md5 a?b 'c\d'; cksum -a md5 --untagged a?b 'c\d' | tee mm; cksum -a md5 -c mm; cksum -a md5 a?b 'c\d' | cksum -c
cksum -a bsd a s; cksum -a bsd < s; cksum -a sysv < s; cksum -a bsd a; cksum -c nosuch; cksum -c e; cksum -a md5 -c < m; cksum -b -t a
