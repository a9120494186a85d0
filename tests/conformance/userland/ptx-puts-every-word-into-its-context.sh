# userland: ptx - fields, references, word lists, roff and TeX, what it refuses
printf 'the quick brown fox\njumps over the lazy dog\nand runs\n' > p
ptx p
ptx -w 60 p
ptx -f p
ptx -A p
ptx -r p
ptx -G p
ptx -O p | head -5
ptx -T p | head -5
ptx --format=roff p | head -3
echo the > ign; ptx -i ign p
echo fox > only; ptx -o only p
ptx -R p
ptx -g 1 p
ptx -F '...' -w 40 p
ptx -W '[a-z]*o[a-z]*' p
ptx -S '\n' p
ptx -M XX -O p | head -2
ptx nofile; echo $?
ptx -z; echo $?
ptx -w 0 p; echo $?
ptx -w x p; echo $?
ptx < p | head -3
ptx p p | head -4
ptx -A p p | head -4
ptx -Ar p | head -4
ptx -rA -R p | head -4
ptx -b b p; printf 'a.' > br; ptx -b br p | head
echo 'Hello world. This is a test. Another sentence here!' | ptx
ptx -t p | head -2
ptx --format=foo p; echo $?
ptx -W '[' p; echo $?
