# userland: nl, paste, tac, rev, expand, join, comm, shuf, fold, expr, od, split, factor
echo 'one,two' | tr , '\n' | nl; seq 10 | paste -sd+ | tr -d '\n'; echo; seq 3 | tac; echo abc | rev
printf 'x\ty\n' | expand -t4; seq 4 | paste - -; join <(printf '1 a\n2 b\n') <(printf '1 x\n')
comm <(seq 3) <(seq 2 4); seq 5 | shuf | sort | head -1; echo 'long line here' | fold -w 5
expr 2 + 3; expr a : b; echo "status $?"; echo 7 | xargs expr 3 \*; seq 2 | od -c | head -1
split -l2 <(seq 4); ls x*; factor 12
