printf '\x \xg \u \ug \U \x4\n'; echo $?; printf '%b\n' '\x' '\\x' '\u'; echo $?
dash -c 'printf "%d %d|" 5x y; echo $?; printf "%d\n" 0x1g 08 1.5 "" " 5"; echo $?
printf "ab%qcd"; echo $?; printf "x%"; echo $?; printf "%s %q" a b; echo $?; printf "%u\n" 99999999999999999999; echo $?'
