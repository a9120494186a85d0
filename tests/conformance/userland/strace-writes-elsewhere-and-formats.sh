# strace: -o, -ff, -t, -T, -s, -x, -y, -v, -a, -n, -q, -z, -Z, -E, -u
strace -o out -e trace=write echo hi; cat out
strace -A -o out -e trace=write echo ho; cat out
strace -o '|tr a-z A-Z' -e trace=write echo hello; sleep 0.3
strace -ff -o tr -e trace=write bash -c 'echo a; (echo b); :'; ls tr.* | wc -l; cat tr.* | grep write
strace -f -o fo -e trace=write bash -c 'echo a; (echo b); :'; sed 's/^[0-9]*/P/' fo | grep write
strace -t -e trace=write echo 2>&1 | sed 's/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/T/'
strace -tt -e trace=write echo 2>&1 | sed 's/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]\{6\}/T/'
strace -ttt -e trace=write echo 2>&1 | sed 's/[0-9]\{10\}\.[0-9]\{6\}/T/'
strace -r -e trace=write echo 2>&1 | sed 's/ [0-9]\.[0-9]\{6\}/ T/'
strace -T -e trace=write echo 2>&1 | sed 's/<.*>/T/'
strace -s 4 -e trace=write echo abcdefgh
strace -s 0 -e trace=write echo abcdefgh
strace -s 100 -e trace=write printf 'a\001b\0377\200é\t"\\\n' >/dev/null
strace -x -e trace=write printf 'abc\200' >/dev/null
strace -xx -e trace=write printf 'abc' >/dev/null
echo x >f
strace -y -P f cat f 2>&1 | grep -v fadvise
strace -yy -P /dev/null cat /dev/null 2>&1 | grep -v fadvise
strace -a 20 -e trace=write echo hi
strace -n -e trace=write echo hi
strace -q -e trace=write echo hi
strace -z -P f -P g cat f g 2>&1 | grep -v fadvise
strace -Z -P f -P g cat f g
strace -e status=failed -P f -P g cat f g
strace -E FOO=bar -E HOME -qq -e trace=none sh -c 'echo $FOO [$HOME]'
strace -u user -qq -e trace=none id -un
strace -v -e trace=execve env -i A=b true 2>&1 | tail -2
strace -C -e trace=write echo hi 2>&1 | sed 's/[0-9.]\{8\} *[0-9]*/N/'
strace -c -S calls -e trace=write,getcwd pwd 2>&1 | awk '{print $1 ~ /^-/ || NF < 4 ? $0 : $NF}'
