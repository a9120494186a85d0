# userland: split - lines, bytes, chunks, suffixes, filters, what it refuses
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; for f in x* pre*; do [ -e "$f" ] && echo "$f: $(wc -c < $f) $(head -1 $f)"; done; rm -f x* pre*; }
seq 30 > f
t split -l 10 f
t split -12 f
t split -b 30 f
t split -b 1K f
t split -C 20 f
t split -n 3 f
t split -n l/4 f
t split -n r/3 f
t split -n 2/3 f
t split -n l/2/3 f
t split -n r/2/3 f
t split -a 3 -l 10 f
t split -d -l 10 f
t split -x -l 2 f pre
t split --numeric-suffixes=5 -l 10 f pre
t split --numeric-suffixes=98 -l 10 f pre
t split --hex-suffixes=9 -l 10 f pre
t split --additional-suffix=.txt -l 15 f
t split -l 10 --verbose f
t split --filter='cat > $FILE.out; echo $FILE' -l 15 f
t split --filter='exit 3' -l 15 f
t split -a 1 -b 1 f
t split -e -n 100 f pre
t split -n 100 f
t split -l 0 f
t split -l x f
t split -b 0 f
t split -b x f
t split -n 0 f
t split -n x f
t split -n 4/3 f
t split -n l/0 f
t split -a x f
t split -a 1 -n 30 f
t split --additional-suffix=a/b f
t split -t , -l 2 f
t split -t ab f
t split -t a -t b f
t split -l 10 -b 10 f
t split nosuch
t split f pre extra
t split -Q f
t split - pre < f
seq 3 | t split -l 1
t split --filter=cat -n 1/2 f
t split -u -n r/2 f
: > e
t split e
t split -n 2 e
