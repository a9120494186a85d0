# userland: dd conv=sparse, oflag=append and seek_bytes, bs beside ibs, messages of writing
printf 'hello world\nSecond Line\n' > a
dd if=/dev/zero of=sp bs=4096 count=10 conv=sparse status=none; stat -c '%s %b' sp
(printf abc; head -c 8189 /dev/zero; printf x) | dd of=sp2 bs=4096 conv=sparse iflag=fullblock status=none; stat -c '%s %b' sp2; tail -c 1 sp2; echo
cp a b; dd if=a of=b oflag=append status=noxfer; wc -c b; dd if=a of=b oflag=append conv=notrunc status=none; wc -c b
dd if=a of=b oflag=seek_bytes seek=2 status=none; od -c b | head -2; echo 0123456789 > b; dd if=a of=b bs=4 seek=1 count=1 status=none; cat b; echo
echo 0123456789 > b; dd if=a of=b bs=4 seek=1 count=1 conv=notrunc status=none; cat b
dd if=a bs=3 ibs=2 of=/dev/null status=noxfer; dd if=a ibs=2 obs=5 of=/dev/null status=noxfer; dd if=a bs=5 conv=ucase of=/dev/null status=noxfer
dd if=a of=/dev/full status=none; echo $?; dd if=/etc/passwd of=/dev/full status=none; echo $?; dd if=/dev/zero of=/dev/full bs=1k count=3 status=none; echo $?
dd status=none <&-; echo $?; dd if=a status=none >&-; echo $?
