# userland: csplit - line numbers, patterns, offsets, repeats, names of pieces, what it refuses
printf '%s\n' one two three four five six seven eight > f
csplit f 3; echo $?; ls; head xx*; rm xx*
csplit f /three/ /six/; echo $?; head xx*; rm xx*
csplit -s f 2 '{2}'; echo $?; head xx*; rm xx*
csplit -f pre -n 3 -b '%03d.txt' f /f/ '{*}'; echo $?; ls; rm pre*
csplit f %three% /six/+1; head xx*; rm xx*
csplit f /nope/; echo $?; ls
csplit -k f 3 /nope/; echo $?; ls; rm -f xx*
csplit f 100; echo $?; ls
csplit f 3 2; echo $?; ls
csplit f; echo $?
csplit; echo $?
csplit nofile 3; echo $?
csplit f 0; echo $?
csplit f abc; echo $?
csplit f /one; echo $?
csplit f '/[/'; echo $?
csplit f /three/ '{x}'; echo $?
csplit f /three/ '{1'; echo $?
csplit -z f /one/ /three/; echo $?; head xx*; rm xx*
csplit f /one/ /three/; echo $?; head xx*; rm xx*
csplit --suppress-matched f /three/ /six/; head xx*; rm xx*
csplit --suppress-matched f 3 6; head xx*; rm xx*
csplit f /three/-1 ; head xx*; rm xx*
csplit f /three/-5 ; echo $?; rm -f xx*
csplit f /three/+10 ; echo $?; rm -f xx*
csplit -b '%d' f 2; ls; rm xx*
csplit -b '%s' f 2; echo $?
csplit -b 'abc' f 2; echo $?
csplit -b '%d%d' f 2; echo $?
csplit -b '%x-%%' f 2; ls; rm xx*
csplit -n x f 2; echo $?
csplit -n 0 f 2; ls; rm -f xx*
csplit -q - 2 < f; ls; rm xx*
csplit -Q f 2; echo $?
csplit f 3 3; echo $?; ls; rm -f xx*
csplit f /t/ '{3}'; echo $?; ls; rm -f xx*
csplit f %t% '{3}'; echo $?; ls; rm -f xx*
csplit f %e% '{*}'; echo $?; ls; rm -f xx*
csplit f 2 '{*}'; echo $?; ls; rm -f xx*
csplit f 2 '{5}'; echo $?; ls; rm -f xx*
csplit -k f 2 '{5}'; echo $?; ls; rm -f xx*
csplit d 1; mkdir d; csplit d 2; echo $?
csplit -f /nodir/x f 2; echo $?
csplit -f d/x f 2; echo $?; ls d
csplit /dev/null 1; echo $?; ls
csplit /dev/null /x/; echo $?; ls
