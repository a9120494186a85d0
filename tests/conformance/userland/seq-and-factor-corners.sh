# userland: seq, factor, nproc - formats, steps, widths, wrong numbers
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t seq 3
t seq 2 4
t seq 1 2 6
t seq 5 1
t seq 5 -2 1
t seq -w 8 11
t seq -w -5 5 6
t seq -w 1 .5 3
t seq -s, 4
t seq -s '' 3
t seq -f '%03g' 3
t seq -f '%.2f|' 1 .5 2
t seq -f 'x%gy' 2
t seq -f '%e' 1
t seq -f '%a' 1
t seq -f '%d' 1
t seq -f '%g%g' 1
t seq -f 'x' 1
t seq -f '%' 1
t seq -f '%%' 1
t seq -f '%g%' 1
t seq -f '%5%g' 1
t seq 1 0 5
t seq 0.1 0.1 0.5
t seq 1e1 12
t seq 0x10 0x12
t seq 1.50 2
t seq 1 1.000 3
t seq 0
t seq -1
t seq -3 -1
t seq abc
t seq 1 x 3
t seq 1 2 3 4
t seq
t seq -w -f %g 3
t seq -x 3
t seq nan
t seq 3 -1 1 -s:
t seq 99999999999999999999 100000000000000000001
t seq 999999 1000001
t seq 1000000 1000002
t seq 1 3 | tail -1
t seq --equal-width --separator=' ' 9 10
t factor 1 2 12 97 1001
t factor 0
t factor 18446744073709551615
t factor 18446744073709551557
t factor 340282366920938463463374607431768211455
t factor -3
t factor abc 6
t factor ''
t factor 1.5
t factor +8
t factor -h 8 12
t factor --exponents 360
echo '10 20
30 x' | factor
t factor -x
t nproc --ignore=1
t nproc --ignore=10
t nproc --ignore=x
t nproc --all
t nproc x
OMP_NUM_THREADS=5 nproc
OMP_NUM_THREADS=5,3 OMP_THREAD_LIMIT=2 nproc
OMP_NUM_THREADS=5 nproc --all
