# userland: seq - numbers of all kinds, widths, formats, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
for a in '5' '2 5' '1 2 10' '10 -3 1' '0' '-3' '-3 -1' '1.5 3' '1 .5 3' '1 0.25 2' '1e2' '1 1e1 50' '0x10' '0x8 0x1 0xa' '1 0 5' '5 1' '1 -1 5' '-w 8 12' '-w -5 5' '-w 1 10 101' '-w 0.5 0.25 1.5' '-w 1e1 12' '-s , 5' '-s , 1' '-s , 0' '-f %g 3' '-f %03g 3' '-f %.2f 1 3' '-f %e 2' '-f x%gy 2' '-f %5.1f| 2' '-f %-5g| 2' '-f %+g 2' "-f %'g 2" '-f %a 2' '-f %d 2' '-f %s 2' '-f x 2' '-f %% 2' '-f %g%g 2' '-f %g%%  2' '-f % 2' '-f %l 2' '-f %Lg 2' '-f %5 2' '-w -f %g 3' 'x' '1 x' '1 2 x' '' '1 2 3 4' '-z' 'nan' '1 nan' 'inf -1 5' '1 inf 5' '-- -2 0' '-.5 .5' '.1 .1 .5' '1 .3 2' '99999999999999999999 100000000000000000002' '1e20 1e20' '-w 01 3' '01 3' '-w 1.0 3' '1.0 3' '1.00 1.5 4' '-0 2' '--equal-width 9 11' '--separator=: 3' '--format=%g 3' '+1 3' '1,5' '1.5.5' '-1e1 -5' '3 3' '1 1 1' '0 0.1 0.3' '4 -0.5 3' '-s' '-f' '1e-3 1e-3 3e-3' '0x1p1 4'; do echo "\$ seq $a"; timeout 2 seq $a | head -12; echo "[${PIPESTATUS[0]}]"; done 2>&1
t seq -s '\n' 3
t seq -s '' 3
t seq --help | head -1
seq 1000000 | tail -1; seq 5 | wc -c; seq 1 3 | paste -sd+ ; seq inf | head -3; seq -s' ' inf | head -c 20; echo
