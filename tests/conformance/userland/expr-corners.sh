# userland: expr - operators, precedence, strings, what it refuses
t() { echo "$ expr ${*@Q}"; expr "$@"; echo "[$?]"; }
t 1 + 2
t 2 + 3 '*' 4
t '(' 2 + 3 ')' '*' 4
t 7 / 2
t -7 / 2
t -7 % 3
t 1 / 0
t 1 % 0
t a + 1
t 1 + ''
t 99999999999999999999 + 1
t 5 - 10
t 1 '<' 2
t 10 '<' 9
t a '<' b
t 10 '<' a
t 1 = 1
t 01 = 1
t a = b
t a == a
t a != b
t 1 '>=' 1
t 0 '|' 5
t '' '|' ''
t '' '|' 0
t 3 '&' 0
t 3 '&' 4
t 0 '&' 1 / 0
t 1 '|' 1 / 0
t abc : 'a\(.\)c'
t abc : 'b'
t abc : 'a.*'
t abc : 'x\(.\)'
t abc : '\('
t abc : 'a\{1'
t abc : '^a'
t match abcd 'a.c'
t match abcd '.*\(c\)'
t substr hello 2 3
t substr hello 0 3
t substr hello 2 -1
t substr hello 2 x
t substr hello 4 99
t index hello lo
t index hello z
t index héllo l
t length hello
t length héllo
t length ''
t + length
t + match : m
t length + length
t
t 1 +
t + 
t 1 2
t '(' 1
t '(' 1 + 2
t 1 ')'
t ')' 
t '(' ')'
t length
t substr a 1
t 0
t ''
t 00
t -0
t abc
t --help x
t -- 1 + 1
t --version x
t 1 + 1 extra
t '*' 1
t a : 
