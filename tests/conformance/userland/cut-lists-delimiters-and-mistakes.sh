# userland: cut - lists, delimiters, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf 'a:b:c:d\nno delim\n:x\n\ne:f:\n' > f; printf 'abcdef\n가나다\n' > g
for a in '-d: -f1' '-d: -f2-' '-d: -f-2' '-d: -f2-3' '-d: -f1,3' '-d: -f3,1' '-d: -f1-2,2-4' '-d: -f5' '-d: -s -f1' '-d: -f1 --output-delimiter=XX' '-d: --complement -f2' '-d: -f1-3 --output-delimiter=' '-c1' '-c2-' '-c-3' '-c1,3' '-b1-3' '-b4-6' '-c2-3,5' '-b2-3,5 --output-delimiter=:' '--complement -c2' '-n -b1' '-f1' '-d f' '-d:' '' '-c' '-f' '-f0' '-c0' '-f-' '-f2-1' '-fx' '-f1,x' '-f1-x' '-c1 -f1' '-c1 -b1' '-d:: -f1' '-d "" -f1' '-c1 -d:' '-c1 -s' '-f 1 2' '-f,' '-f1,' '-f,1' '-f1--2' '-f1-2-3' '-f99999999999999999999' '-z -d: -f1' '--fields=1 --delimiter=:' '--nosuch' '-d -f1' '-w -f1' '--output-delimiter=x -c1-2,4' '-b 1-2,2-3' '-c "1 3"'; do eval "t cut $a f"; done
t cut -c1-3 g
t cut -b1-3 g
t cut -f1 nosuch f
mkdir d; t cut -f1 d
printf 'a\tb\tc\n' | t cut -f2
printf 'a\tb\tc' | t cut -f2
printf 'a b  c\n' | t cut -d' ' -f1,3
printf 'a:b\0c:d\0' | cut -z -d: -f2 | od -c
t cut -d ab -f1 f
t cut -d 가 -f1 f
