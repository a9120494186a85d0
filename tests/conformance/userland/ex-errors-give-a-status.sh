# ex -s: failures are counted in the exit status
cd /tmp
seq 3 > f
for c in foo '9p' '/zzz/p' 's/zzz/x/' '2,1p' "'xp" 'e nosuch/' 'r nosuch' 'w /nosuch/f' 'set nonsense' '1m9' 'q' 'zz' 'g' 'b9' 'n' '=' 'p x' 's/\(/x/' '3 foo'; do
  printf '%s\n' "$c" 'q!' | ex -s f; echo "$c: $?"
done
printf '%s\n' 2d q | ex -s f; echo "$?"
printf '%s\n' 2d | ex -s f; echo "$?"; cat f
