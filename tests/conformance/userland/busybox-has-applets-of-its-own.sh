# userland: applets that only busybox has, or that are busybox's alone
busybox cal 2 2024; busybox cal 9 1752; busybox cal -m 1 2000; busybox cal 13 2020; echo $?; busybox cal 2025 | head -11
printf 'The quick brown fox\n' | busybox uuencode x; printf AB | busybox uuencode -m x; printf hello | busybox uuencode x | busybox uudecode -o -
echo; busybox uudecode nope; echo | busybox uudecode; echo $?
printf abc > f; busybox sha3sum f; busybox sha3sum -a 256 f; busybox sha3sum f > s; busybox sha3sum -c s; busybox sha3sum nope; echo $?
busybox crc32 f; printf 'a\nb\n' > u; busybox unix2dos u; od -c u; busybox dos2unix u; od -c u; printf 'x\r\n' | busybox dos2unix | od -c
busybox usleep 10; echo $?; busybox usleep x; echo $?; mkdir -p n/a; busybox nuke n; ls -d n
busybox seq -w 08 11; busybox seq -2 1 2>&1 | head -1; busybox seq 3 .5 4; busybox seq x 2>&1 | head -1; busybox seq -s , 3; busybox seq 5 1
busybox time true 2>&1 | sed 's/[0-9]/0/g'; busybox time -p sh -c 'exit 3' 2>&1 | sed 's/[0-9][0-9.]*/0/'; busybox time nope 2>&1 | head -1
busybox start-stop-daemon -S -x /bin/false; echo $?; busybox start-stop-daemon -K -n nope; echo $?; busybox start-stop-daemon 2>&1 | sed -n 3p
busybox kill -l TERM; busybox kill -l 9; busybox kill -l | head -3; busybox kill -s; busybox kill -0 1; echo $?; busybox killall -q nope; echo $?
busybox pidof nope; echo $?; busybox nologin; echo $?; busybox diff f u; busybox diff -q f u; echo $?; busybox cmp f u
