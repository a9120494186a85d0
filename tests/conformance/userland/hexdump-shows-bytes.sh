# userland: hexdump's formats, offsets, repeated lines; od and xxd of the same
printf 'hello world\n\001\377' > f; hexdump f; hexdump -C f; hexdump -n 4 -s 2 -C f; hexdump -b f | head -1; hexdump -c f; hexdump -d f; hexdump -x f; hexdump -o f
head -c 64 /dev/zero > z; hexdump -C z; hexdump -v -C z | wc -l; hexdump nosuch; echo "status $?"; hexdump -z f 2>&1 | head -1
