# userland: test, [ - the program and the builtin: numbers of words, operators, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
touch f
for T in /usr/bin/test test; do
t $T
t $T ''
t $T a
t $T !
t $T ! a
t $T ! ''
t $T ! !
t $T -f
t $T a b
t $T -z ''
t $T -q a
t $T -l a
t $T a -a b
t $T '' -o b
t $T ! -a x
t $T ! -o x
t $T -a -a -a
t $T '(' a ')'
t $T '(' '' ')'
t $T '(' -z ')'
t $T a b c
t $T a = a
t $T a == b
t $T a '<' b
t $T B '>' a
t $T 1 -eq x
t $T x -eq 1
t $T '' -eq 1
t $T ' 1' -eq '1 '
t $T +1 -eq 1
t $T -1 -lt 0
t $T 1 -eq 1.0
t $T 0x1 -eq 1
t $T 99999999999999999999 -gt 1
t $T 9223372036854775807 -eq 9223372036854775807
t $T -l abc -eq 3
t $T 3 -eq -l abc
t $T ! a = b
t $T ! a = a
t $T '(' -n a ')'
t $T '(' a = a ')'
t $T a = a -a b = b
t $T a = a -o b
t $T a = a b
t $T a = a b c
t $T -z '' -a -n x
t $T ! -z '' -a -n x
t $T '(' a
t $T '(' a b c d
t $T a ')'
t $T '(' a = a -a b = b
t $T '(' a = a x b = b ')'
t $T '(' ')'
t $T '(' '(' a ')' ')'
t $T ! ! a
t $T ! ! ! a
t $T ! ! ! ! a
t $T -e f -a -f f -a ! -d f
t $T a -a
t $T -a f
t $T -e nosuch
t $T -a nosuch
t $T -o f
t $T -t 0
t $T -t x
t $T -t
t $T -t 99
t $T -t ''
t $T f -nt nosuch
t $T nosuch -nt f
t $T nosuch -ot f
t $T f -ef f
t $T f -ef nosuch
t $T a -foo b
t $T -r '' 
t $T = = =
t $T = =
t $T ! = x
t $T -n -a -n
t $T -n = -n
t $T a -a b -a
t $T -f f -o
t $T a -o b c
t $T -v x
t $T -R x
t $T -k f
t $T -N f
t $T -G f
t $T -O f
t $T é '<' f
done
t [ a
t /usr/bin/[ a
t /usr/bin/[ a ]
t /usr/bin/[ ]
t /usr/bin/[ --help ] 
t /usr/bin/test --help | head -1
