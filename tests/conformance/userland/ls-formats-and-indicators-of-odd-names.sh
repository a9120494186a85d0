# userland: ls - formats, sizes, indicators and quoting of odd and wide names
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
mkdir d; cd d; touch -d '2025-12-31 10:00' a b.txt 'c d' "e'f" $'g\nh' '가나다' '한글 이름' .hid back~ z.tar; mkdir sub sub/deep 'd 2'; ln -s a l; ln -s nosuch broken; ln -s sub ls; mkfifo p; chmod +x z.tar; touch -d '2020-02-03 04:05:06.789' old; touch -d '2030-01-01' future; truncate -s 5M big; truncate -s 1500 mid
t ls
t ls -a
t ls -A
t ls -1Q
t ls -b
t ls -N
t ls -q
t ls --quoting-style=literal
t ls --quoting-style=shell
t ls --quoting-style=shell-always
t ls --quoting-style=shell-escape
t ls --quoting-style=shell-escape-always
t ls --quoting-style=c
t ls --quoting-style=c-maybe
t ls --quoting-style=escape
t ls --quoting-style=locale
t ls --quoting-style=clocale
t ls --quoting-style=x
t ls -C
t ls -C -w 40
t ls -x -w 40
t ls -m -w 40
t ls -m
t ls -x -w 0
t ls -C -w 20 -T 4
t ls -x -F
t ls -p
t ls --file-type
t ls --indicator-style=slash
t ls --indicator-style=classify
t ls --indicator-style=none
t ls --indicator-style=bad
t ls --classify=always
t ls --classify=auto
t ls --classify=never
t ls --classify=x
