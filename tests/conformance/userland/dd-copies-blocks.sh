# userland: dd counts, bs, skip, seek, status=none, errors
printf abcdefghij > f; dd if=f bs=2 count=2 status=none; echo; dd if=f bs=1 skip=8 status=none; echo
dd if=f of=g bs=3 2>&1 | head -2; cat g; echo; dd if=/dev/zero of=z bs=1M count=2 status=none
stat -c %s z; printf XX | dd of=f bs=1 seek=3 conv=notrunc status=none; cat f; echo
dd if=nosuch; echo "status $?"; dd bs=x if=f; dd foo; echo "status $?"
dd if=f bs=4 status=noxfer of=/dev/null; dd of=h bs=1 seek=5 if=/dev/null status=none; stat -c %s h
