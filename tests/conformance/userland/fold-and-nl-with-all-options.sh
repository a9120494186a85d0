# userland: fold, nl - widths, prefixes, styles, sections, what they refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
cat > p <<'T'
The quick brown fox jumps over the lazy dog.  Pack my box with five dozen liquor jugs. How vexingly quick
daft zebras jump!

  Indented paragraph that is rather long and has to be broken somewhere because it does not fit in one line.
  Second line.

    First deeper
  then less deep and long enough to be wrapped at some point of the line where it gets too long.
> quoted text here that goes on and on
> and on
short
T
t fold -w 20 p
t fold -s -w 20 p
t fold -b -w 10 p
t fold -20 p
t fold -w 0 p
t fold -w x p
t fold nosuch p
printf 'a\tb\bc\rdefghijklmnop\n' | fold -w 10 | od -c
printf 'ééééé\n' | fold -w 4 | od -c
t fold -Q
printf 'one\n\ntwo\n\\:\\:\\:\nhead\n\\:\\:\nbody\n\nb2\n\\:\nfoot\n' > s
t nl p
t nl s
t nl -ba s
t nl -bn s
t nl -b 'pt' s
t nl -ha -fa s
t nl -p s
t nl -v 10 -i 5 s
t nl -n ln s
t nl -n rz -w 3 s
t nl -n rn -s ': ' s
t nl -s '' s
t nl -ba -l 2 s
t nl -d 'xy' s
t nl -d x s
t nl -b z s
t nl -n zz s
t nl -w 0 s
t nl -v x s
t nl -i x s
t nl -l 0 s
t nl -b 'p[' s
t nl nosuch s
t nl -Q
t nl -v -3 -i 2 s
