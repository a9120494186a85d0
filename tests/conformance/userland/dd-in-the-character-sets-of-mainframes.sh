# userland: dd conv=ebcdic, ibm, ascii, with and without records
printf 'Hello, World [x]!\nSecond ~ line\n' > a
dd if=a conv=ebcdic status=none | od -An -tx1; dd if=a conv=ibm status=none | od -An -tx1
dd if=a conv=ebcdic status=none | dd conv=ascii status=none; dd if=a conv=ibm status=none | dd conv=ascii status=none | od -c | head -2
dd if=a conv=ebcdic cbs=20 status=none | od -An -tx1; dd if=a conv=ebcdic cbs=20 status=none | dd conv=ascii cbs=20 status=none
dd if=a conv=ebcdic,ucase status=none | dd conv=ascii,lcase status=none; dd if=a conv=block cbs=8 status=noxfer; echo
dd if=a conv=ascii,ebcdic; echo $?; dd if=a conv=block,unblock cbs=5; echo $?; dd if=a conv=block,unblock status=none; echo $?
dd if=a conv=lcase,ucase; echo $?; dd if=a of=b conv=excl,nocreat; echo $?; dd if=a conv=bogus; echo $?
