cd /tmp; mkdir d; cd d; echo hi > a; seq 100 > b; mkdir s; echo x > s/c; ln -s a l; touch -d 2001-01-01 a b s/c s
names='./a ./b ./l ./s ./s/c'
for it in $names; do echo $it; done | cpio -o > ../x.cpio; echo $?
for format in newc odc crc bin; do printf '%s\n' $names | cpio -o -H $format > ../$format; wc -c < ../$format; cpio -t < ../$format; done
printf '%s\n' $names | cpio -ov -B | wc -c; printf '%s\n' $names | cpio -o --quiet | wc -c
cpio -tv < ../newc | grep -v ' l ->'; cpio -tvn --quiet < ../odc | head -n 1
mkdir ../e; cd ../e; cpio -i './a' './s/c' < ../newc; echo $?; cpio -id < ../newc; echo $?; ls; cpio -idv < ../x.cpio; cpio -idumv < ../x.cpio; ls -l --time-style=long-iso a b | cut -c1-11,23-
cpio -it '*a*' < ../odc; cpio -it -f '*a*' < ../odc; cpio -i --to-stdout ./a < ../crc; cpio -it nope < ../newc; echo $?
cd ../d; printf '%s\n' ./a ./s ./s/c | cpio -pd ../g; printf './a\n' | cpio -pd ../g; printf './a\n' | cpio -pdumv ../g; ls -R ../g
echo nope | cpio -o | wc -c; echo a | cpio -o -O ../o.cpio; cpio -t -F ../o.cpio; printf 'a\0b\0' | cpio -0 -o --quiet | cpio -tI /dev/stdin
echo garbage | cpio -i; echo $?; head -c 300 ../newc | cpio -t; echo $?
cpio; echo $?; cpio -o -i; echo $?; cpio -Y; echo $?; cpio --nope; echo $?; cpio -p < /dev/null; echo $?; cpio -t -F nope; echo $?; cpio -o -H foo < /dev/null; echo $?; cpio -o x < /dev/null; echo $?
file ../x.cpio ../newc ../odc ../crc
