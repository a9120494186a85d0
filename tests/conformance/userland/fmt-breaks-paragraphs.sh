# userland: fmt - optimal breaks, sentences, indents, prefixes, mistakes
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
t fmt p
t fmt -w 40 p
t fmt -30 p
t fmt -s -w 40 p
t fmt -u -w 50 p
t fmt -t -w 40 p
t fmt -c -w 40 p
t fmt -p '>' -w 20 p
t fmt -w 60 -g 40 p
t fmt -g 20 p
t fmt -w x p
t fmt -w 0 p
t fmt -w 3000 p
t fmt -g 80 -w 40 p
t fmt nosuch
t fmt p nosuch
t fmt -Q
t fmt -w
printf 'a\tb\tc\n  x\n' | t fmt
printf 'a\tb\tc\n  x\n' | t fmt
