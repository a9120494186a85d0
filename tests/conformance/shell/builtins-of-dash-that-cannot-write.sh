# shell: builtins of dash and ash that cannot write
for s in dash "busybox sh"; do echo "## $s"
$s -c 'echo hello > /dev/full; echo st $?'
$s -c 'printf hello > /dev/full; echo st $?'
$s -c 'pwd > /dev/full; echo st $?'
$s -c 'set > /dev/full; echo st $?'
$s -c 'type ls > /dev/full; echo st $?; umask > /dev/full; echo st $?; export -p > /dev/full; echo st $?; alias x=y; alias > /dev/full; echo st $?; trap "" USR1; trap > /dev/full; echo st $?; times > /dev/full; echo st $?; ulimit > /dev/full; echo st $?; kill -l > /dev/full; echo st $?; command -v ls > /dev/full; echo st $?; hash ls; hash > /dev/full; echo st $?'
$s -c 'echo x >&-; echo st $?'
$s -c 'trap "" PIPE; (sleep 0.2; echo hi; echo st $? >&2) | true'
$s -c 'echo hello > /dev/full || echo no; if echo a > /dev/full; then echo y; else echo n; fi; ! echo b > /dev/full && echo neg; x=$(echo q > /dev/full); echo $?'
$s -c 'f() { echo in; }; f > /dev/full; echo $?; { echo a; echo b; } > /dev/full; echo $?; (echo s > /dev/full); echo $?; command echo c > /dev/full; echo $?; eval "echo d" > /dev/full; echo $?; echo > /dev/full; echo -n > /dev/full; echo $?'
printf 'echo one > /dev/full\necho two\nprintf x > /dev/full\n' > s.sh; $s s.sh; $s -e -c 'echo x > /dev/full; echo no'; echo $?
$s -c 'ulimit -f 1; trap "" XFSZ; printf "%2000s" x > f; echo $?; ls -s f >/dev/null; wc -c < f'
done
