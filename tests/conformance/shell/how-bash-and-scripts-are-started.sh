env -u HOME bash -ic 'echo "[$HOME]"' 2>/dev/null
env -u HOME bash -lc 'echo "[$HOME]"' 2>/dev/null
env -u HOME bash -c 'echo "[$HOME]"'
bash +c 'echo hi'; echo $?
bash -c; echo $?; bash -c 'echo $0 $@' a b c; bash -c 'echo $0 $@' -- b c; bash -s a b <<< 'echo $0 $@'; bash - -c x; echo $?
echo 'echo $0 $@ $#' > s.sh; bash s.sh x y; bash ./s.sh; bash nosuch.sh; echo $?; bash /; echo $?; bash -- s.sh q; chmod +x s.sh; ./s.sh a; PATH=.:$PATH s.sh b; bash s.sh < /dev/null; bash < s.sh; cat s.sh | bash -s 1 2
printf '#!/nosuch/interp\necho x\n' > b1; chmod +x b1; ./b1; echo $?
printf '#!/bin/sh\necho sh $0 $1\n' > b2; chmod +x b2; ./b2 arg
printf '#!/bin/bash -e\nfalse\necho no\n' > b3; chmod +x b3; ./b3; echo $?
printf '#! /bin/echo a b\n' > b4; chmod +x b4; ./b4 c
printf '#!\necho empty\n' > b5; chmod +x b5; ./b5; echo $?
printf '#!/root\n' > b6; chmod +x b6; ./b6; echo $?
printf '#!/root/b2\necho via\n' > b7; chmod +x b7; ./b7; echo $?
printf '#!/bin/bash\r\necho x\r\n' > b8; chmod +x b8; ./b8; echo $?
: > b9; chmod +x b9; ./b9; echo $?
printf '\0\0\0' > b10; chmod +x b10; ./b10; echo $?
printf '\x7fELFxx' > b11; chmod +x b11; ./b11; echo $?
chmod -x b2; ./b2; echo $?; mkdir d; ./d; echo $?; d; echo $?; /etc/passwd; echo $?; ''; echo $?; ' '; echo $?; ./nosuch; echo $?; nosuch/x; echo $?; b2/x; echo $?; ./b2/x; echo $?
exec -a name sh -c 'echo $0'; echo no
