# userland: od - strings, offsets of old, several files, floating point
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf 'abc\0defgh\0\1\2xyz\0ab\tcd\n\0é\0hello world\0tail' > f; seq 1 30 > g
t od -S 3 f
t od -S f
t od -S5 -Ad f
t od -S 3 -An f
t od -S 3 -j 5 f
t od -S 3 -N 10 f
t od -S 0 f
t od -S x f
t od --strings f
t od --strings=4 f
head -c 96 /dev/zero | t od
head -c 32 /dev/zero | t od -v
head -c 48 /dev/zero | t od -An
t od --traditional f 5
t od --traditional f 5.
t od --traditional f 1b
t od --traditional f 0x5
t od --traditional f 5 100
t od --traditional -c 5 < f
t od --traditional 5 7 < f
t od --traditional f 5 x
t od --traditional f x
t od --traditional
t od -c +5 < f
t od f 5
t od f +5.
t od f 5 7
t od -A x f +5
t od -c f g +1b
t od -tx1 g 5
t od nosuch nosuch2
t od f nosuch g
printf '\0\0\200\77\0\0\300\177\0\0\200\377\1\0\0\0\315\314\314\75\333\17\111\100' | t od -tf4 -An
printf '\0\0\0\0\0\0\360\77\232\231\231\231\231\231\271\77\0\0\0\0\0\0\360\377\1\0\0\0\0\0\0\0\30\55\104\124\373\41\11\100' | t od -tf8 -An
t od -tz f
t od -t cz -N 20 f
t od -t x1zc -N 20 f
t od -w32 -N 32 -tx4 g
t od -A d -j 10 -N 5 -c g
t od -N 3 -t x4 g
t od -N 3 -t d2u1 g
t od -ab -N 4 g
