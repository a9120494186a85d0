# shell: the builtin printf: every conversion, right and wrong
printf '%u %d\n' 18446744073709551615 18446744073709551616; echo $?; printf '%d\n' -18446744073709551616; echo $?; printf '%d\n' 9223372036854775808; echo $?; printf '%i %o %x %X %#x %#o %+d % d %05d %-5d| %5d %.3d\n' 10 10 255 255 255 8 5 5 42 42 42 7
printf '%d\n' 0x1f 010 "'a" '"b' 1x '' ' 12' '12 ' abc 0x 08 1e3; echo $?
printf '%f %e %g %G %a %.2f %10.3f|%-10.1f|%+f %E\n' 1.5 1.5 1.5 0.00001 1.5 2.345 3.14159 2.5 1 12345.678; echo $?
printf '%s %s\n' a b c; printf '%s\n'; printf 'a%sb%dc\n'; printf '%%|%5%|\n'; printf '%z\n'; echo $?; printf '%'; echo $?; printf 'a%5'; echo $?; printf '%ld %lld %hd %jd %zd %td %Lf %hhd\n' 1 2 3 4 5 6 7 8; echo $?
printf '%*d|%-*d|%.*f|%*s\n' 5 42 5 42 2 3.14159 -6 ab; printf '%*d\n' x 3; echo $?
printf '%b|%b|%b\n' 'a\tb' 'a\cb' c; echo; printf '%b' 'x\0101\101\x41\u41\n'; printf 'a\cb\n'; echo; printf '\a\b\e\f\n\r\t\v\\\"\'"'"'\?\0\101\0101\x41\u00e9\U1F600' | od -An -tx1
printf '%q ' a 'a b' "it's" '' $'a\nb' 'a$b' '~x' 'x~' '#a' 'a#' 'a=b' '!x' '{a,b}' 'a*' 'é' '^a' 'a,b' '-n' 'a:b' 'a@b' 'a%b' 'a+b'; echo; printf '%Q %.3Q|%10q|%-10q|%.2q\n' 'a b' 'ab cde' 'a b' 'a b' 'a b'
printf -v x '%s-%s' a b; echo $x; printf -v 'a[2]' hi; declare -p a; printf -v 1x hi; echo $?; printf -v; echo $?; printf; echo $?; printf -x; echo $?; printf -- '%s\n' x; printf '%s' -v; echo; printf -- -v; echo
printf '%s\n' 'a\nb'; printf 'a\nb' ; echo; printf '%5s|%-5s|%.2s|%5.1s\n' abc abc abc abc; printf '%c%c%c|\n' abc '' x; printf '%(%s)T\n' 5; printf '%()T|\n' 0; printf '%(%H)T\n' -1 | wc -c; printf '%(%d)\n' 0; echo $?; printf '%(%Y)T %d\n' 0 5; printf '%10(%Y)T|%-10(%Y)T|%.2(%Y)T\n' 0 0 0; printf '%(%Y)T\n' abc; echo $?; printf '%(%H:%M)T %s\n' 
printf '%n' x; echo $? "[$x]"; printf '%s' > /dev/full; echo $?; echo x > /dev/full; echo $?; printf '%d' "''"; printf '%d\n' "'"; echo $?
printf '%s%n' abc nn; echo " $nn"; printf '%+s|% s|%#s|%0s\n' a b c d; printf "%'d\n" 1234567; printf '%.10d|%+.3d|%x\n' 5 5 -1; printf '%5c|\n' x; printf '%-5b|%5b|%.1b\n' 'a' 'b' 'cd'; printf '%I\n'; printf '%y\n' 1; printf '%5y\n' 2
