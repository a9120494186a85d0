# userland: tr - sets, repeats, classes, equivalents, escapes, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
r() { printf 'Hello World 123\n\ttab\\x [a] aabbcc\n' | tr "$@"; echo "$ ${*@Q} [${PIPESTATUS[1]}]"; }
r a-z A-Z
r '[:lower:]' '[:upper:]'
r '[:upper:]' '[:lower:]'
r -d a-l
r -d '[:space:]'
r -s a-z
r -s ' '
r -s '[:alnum:]'
r -c a-z X
r -C a-z X
r -cd '[:alpha:]\n'
r -cs '[:alnum:]' '\n'
r -ds a-c l
r -t abc x
r abc x
r abc xy
r a-c 'x*'
r a-c '[x*]'
r a-c '[x*2]y'
r a-c '[x*02]y'
r a-c '[x*0x2]y'
r 'a-c' '[x*]y'
r 'a-c' '[x*][y*]'
r -d 'a-c' x
r -d
r
r a
r a b c
r z-a x
r '[:foo:]' x
r '[:digit:]' '[:upper:]'
r '[:lower:]' '[:digit:]'
r '[:upper:]' a
r a '[:upper:]'
r '[=a=]' x
r '[=ab=]' x
r '[=a=]' '[=b=]'
r '\141' z
r '\n' ' '
r '\t' T
r '\\' /
r '\x' z
r '\777' z
r '\400' z
r '\8' z
r 'a\' z
r '[a' x
r '[]' x
r 'a-' x
r -- -a x
r '[:alpha:' x
r '' x
r a ''
r -t a ''
r -s ''
r -d ''
r -c '' x
r '[a*]' x
r '[a*3]' x
r -s 'a*' x
r '[:cntrl:]' C
r '[:punct:]' P
r '[:blank:]' B
r '[:graph:]' G
r '[:print:]' P
r '[:xdigit:]' X
r -c '[:upper:]' '[:lower:]'
r '[:lower:][:upper:]' '[:upper:][:lower:]'
r 'a-z[:upper:]' 'A-Z[:lower:]'
r -x
r --delete a
r --squeeze-repeats l
r --complement a x
r --truncate-set1 ab x
r -dc a-z
r 'A-Za-z' 'N-ZA-Mn-za-m'
printf 'é가\n' | tr é e | od -c | head -2
printf 'abc' | tr a-c '\000-\002' | od -c
tr --help | head -1
