# userland: shuf - ranges, samples and repetitions with a source of random bytes, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
head -c 65536 /dev/zero > zero; seq 1 1000 | md5sum | head -c 30 > rnd; for i in $(seq 200); do printf '%s' "$i abcdefghij"; done > rs
t shuf --random-source=zero -i 1-10
t shuf --random-source=rs -i 1-10
t shuf --random-source=rs -i 1-10 -n 3
t shuf --random-source=rs -e a b c d e
t shuf --random-source=rs -e -n 2 a b c d e
seq 10 > ten; t shuf --random-source=rs ten
t shuf --random-source=rs -n 3 ten
t shuf --random-source=rs -n 3 < ten
t shuf --random-source=rs -r -n 8 -i 0-3
t shuf --random-source=rs -r -n 5 -e x y
t shuf --random-source=rs -i 1-1000000 -n 5
t shuf --random-source=rnd -i 1-1000
t shuf --random-source=nosuch -i 1-3
t shuf -i 5-4
t shuf -i 1
t shuf -i a-b
t shuf -i 1-x
t shuf -i 1-3 x
t shuf -i 1-2 -i 2-3
t shuf -i 1-2 -e a
t shuf -n x -i 1-2
t shuf -n -1 -i 1-2
t shuf -n 0 -i 1-2
t shuf -n 5 -n 1 -i 7-7
t shuf -r -n 2 /dev/null
t shuf -r /dev/null
t shuf /dev/null
t shuf nosuch
t shuf ten ten
t shuf -e
t shuf -z -e a | od -c
t shuf -o out -i 3-3; cat out
t shuf -o out -o out2 -i 3-3
t shuf --nosuch
t shuf -i 1-10 | sort -n | head -2
t shuf -i 2-1 -n0
t sort -R --random-source=rs ten
t sort -R --random-source=zero ten
printf 'b\na\nb\nc\n' | t sort -R --random-source=rs
