# userland: paste, comm - delimiters, serial, columns, orders, what they refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf '1\n2\n3\n' > n
printf 'a\nb\n' > l
printf 'x\ny\nz\nw' > w
t paste n l w
t paste -d: n l w
t paste -d ':,' n l w
t paste -d '\n' n l
t paste -d '\t\\' n l w
t paste -d '\0' n l
t paste -d '' n l
t paste -d '\' n l
t paste -d 'a\' n l
t paste -d 'é-' n l w
t paste -s n l
t paste -s -d, n l w
t paste -sd '+-' n
t paste - - < n
t paste - l - < n
t paste -z n l
t paste
t paste nosuch n
t paste n nosuch
t paste -s nosuch n
t paste -Q
t paste -d
: > e
t paste e n
t paste -s e n
t paste e
printf 'a\nb\nc\n' > c1
printf 'b\nc\nd\n' > c2
printf 'b\na\n' > u
t comm c1 c2
t comm -1 c1 c2
t comm -2 c1 c2
t comm -3 c1 c2
t comm -12 c1 c2
t comm -123 c1 c2
t comm --total c1 c2
t comm --total -123 c1 c2
t comm --output-delimiter=, c1 c2
t comm --output-delimiter= c1 c2
t comm --output-delimiter=a --output-delimiter=b c1 c2
t comm u c1
t comm --check-order u c1
t comm --nocheck-order u c1
t comm c1 u
t comm -z c1 c2
t comm c1
t comm c1 c2 c1
t comm
t comm c1 nosuch
t comm - c2 < c1
t comm -Q c1 c2
