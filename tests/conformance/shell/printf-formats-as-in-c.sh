# shell: conversions, padding, reuse of the format, %b %q, bad numbers
printf '%s-%s\n' a b c; printf '%5d|%-5d|%05d|%+d\n' 42 42 42 42
printf '%x %X %o %#x %c %%\n' 255 255 8 255 hello; printf '%.2f %e %g\n' 3.14159 1234.5 0.0001
printf '%b|%q|%10s|%-10s|%.3s\n' 'a\tb' 'it is' right left truncated
printf 'no newline'; printf '\n'; printf '%s\n'; printf '%d\n'
printf '%d\n' abc; echo "status $?"; printf '%d\n' 12x 0x10 "'A"
printf -v v '%03d' 7; echo $v; printf; echo "status $?"; printf '%z\n'; echo "status $?"
