# shell: ulimit of dash and of busybox
for s in dash "busybox sh"; do echo "## $s"
$s -c 'ulimit -a' | sed 's/[0-9][0-9]*$/N/'
$s -c 'ulimit; ulimit -f; ulimit -f 10; ulimit -f; ulimit -Hf; ulimit -S -f 5; ulimit -f; ulimit -Sf 6; ulimit -H; cat /proc/self/limits | grep "file size"'
$s -c 'ulimit -n 5x; echo st $?'; $s -c 'ulimit -z; echo st $?';  $s -c 'ulimit -n 10 20; echo $?';  $s -c 'ulimit -p; ulimit -u 50; ulimit -p; ulimit -p 40; ulimit -u; echo $?'; $s -c 'ulimit -n -f; echo $?'
$s -c 'ulimit -c; ulimit -c 3; ulimit -c; ulimit -l 1; ulimit -l; ulimit -v 100000; ulimit -v; ulimit -d 5000; ulimit -d; ulimit -s; ulimit -m; ulimit -w; ulimit -r; ulimit -e; echo $?'
$s -c 'ulimit -t unlimited; ulimit -t; ulimit -n 99999999; echo $?; ulimit -n 100; ulimit -n; ulimit -n 200; echo $?'; su user -c "$s -c 'ulimit -n 50; ulimit -n 60; ulimit -n hard; echo \$?; ulimit -Hn 2000; echo \$?'"
$s -c 'ulimit -n unlimited; echo $?'; $s -c 'ulimit -n -5; echo $?'; $s -c 'ulimit -n ""; echo $?'; $s -c 'ulimit -a 5; echo $?' | tail -1; $s -c 'ulimit -an' | head -2;  $s -c 'ulimit -nS 30; ulimit -nS; ulimit -n'; $s -c 'ulimit -i;ulimit -q; ulimit -x;  ulimit -R; echo $?'
done
