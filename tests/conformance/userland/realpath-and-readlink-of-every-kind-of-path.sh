# userland: realpath, readlink, pathchk - every option on every kind of path
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
mkdir -p d/e; touch f; ln -s f l; ln -s nosuch b; ln -s d ld; ln -s loop loop
for o in '' -e -m -s -L -P -q -z '--relative-to=d' '--relative-base=d' '--relative-to=d --relative-base=/root' '-e --relative-to=nosuch' '--nosuch'; do for p in f l b ld/e d/../f nosuch/x d/nosuch f/ f/x loop '' / // . .. ld/../f; do t realpath $o "$p" | tr '\0' @; done; done 2>&1
t realpath
t realpath f nosuch/a l
for o in '' -f -e -m -n -v -z -q -s '-nf' '--nosuch'; do for p in f l b ld d loop nosuch/x '' ld/ l/; do t readlink $o "$p" | tr '\0' @; done; done 2>&1
t readlink
t readlink l b f
t readlink -n l b
t readlink -v f nosuch
for o in '' -p -P --portability; do for p in f 'a b' '' -x a/b/c nosuch/y "$(printf %0300d 0)" 'a*b' 가 "$(printf 'a/%.0s' {1..2100})"; do echo "pathchk $o"; pathchk $o -- "$p" 2>&1 | cut -c1-150; echo "[${PIPESTATUS[0]}]"; done; done
t pathchk
t pathchk --nosuch
