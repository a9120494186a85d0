# userland: /usr/bin/printf - conversions, escapes and complaints of the program
t() { echo "$ ${*@Q}"; env printf "$@"; echo "[$?]"; }
t '%d %i %u\n' 1 -2 3
t '%x %X %o %#x %#o\n' 255 255 8 255 8
t '%5d|%-5d|%05d|%+d\n' 42 42 42 42
t '%s\n' a b c
t '%s-%s\n' a b c
t '%d\n' abc
t '%d\n' 12abc
t '%d\n' "'A"
t '%d\n' "'AB"
t '%d\n' 0x1f 010 -0x10
t '%d\n' ''
t '%d\n' 99999999999999999999
t '%u\n' -1
t '%c%c\n' hello ''
t '%b|' 'a\tb\101\x41\u00e9\c' x
t '%q\n' 'a b' "it's" '' $'new\nline' 'plain' '$x'
t '%e %f %g\n' 1.5 2.25 1e10
t '%.3f|%10.2f|%-10.1f|\n' 3.14159 2.5 1.25
t '%a\n' 1
t '%*d|%.*f\n' 6 42 2 3.14159
t '%s\n'
t '%d\n'
t 'no newline'
t 'x\n' extra
t '%'
t '%z\n' a
t '%5%\n'
t '\x41\101\0101\u20ac\U0001F600\n'
t '\xZZ'
t '\u12'
t '\q\n'
t 'a\cb\n'
t '%.2s|%5.1s|\n' hello world
t '%ld %lld %hd\n' 1 2 3
t '%1$s\n' a
t '% d\n' 5
t "%'d\n" 1234567
t '%i\n' 1.5
t '%f\n' abc
t '%f\n' inf nan
t '%s %d\n' a 1 b x c
t
env printf --version | head -1
t -- '%s\n' --
t --nosuch
