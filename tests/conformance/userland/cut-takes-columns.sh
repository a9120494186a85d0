# userland: cut -d -f -c -b -s, ranges, complement; errors
printf 'a:b:c\nd:e:f\nno delimiter\n' > f; cut -d: -f2 f; cut -d: -f1,3 f; cut -d: -f2- f
cut -c1-3 f; cut -c2 f; cut -d: -s -f1 f; cut -d: --complement -f2 f; cut -d' ' -f2 f
cut -f1 f | head -1; cut -b1,3 f; cut -d: -f1 --output-delimiter=- f
cut -d: -f1-2 --output-delimiter=/ f; cut -c-2 f
cut f; echo "status $?"; cut -d:: -f1 f; cut -f0 f; cut -f x f; cut -f 3-1 f; cut -f1 -c1 f
cut -d: -f1 nosuch; echo "status $?"; cut -c; echo "status $?"; echo 'a  b' | cut -d' ' -f2
