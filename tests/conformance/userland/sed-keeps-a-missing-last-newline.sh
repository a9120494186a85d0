# The newline that the last line lacks goes with the pattern space, the hold space and each file of w.
say() { echo "-- $*"; printf 'a\nb' | sed "$@" | od -An -c; }
for script in G H g x 'H;x' 'x;G' 'H;$!d;x' '1h;2G' '1h;2x' '1h;2{x;G}' '$q' '$Q' 'w /dev/stdout' 'W /dev/stdout' '$r /nofile' '$r /dev/null' 'a x' 'P;D'; do
  say "$script"
done
printf 'x\ny' > rest
say 'R rest'
say -n 'R rest'
say '1R rest
1R rest
1R rest
1a z'
say -z G
printf x > one
sed -s 'w out
d' one one
od -An -c out
