# overlay: which ways of opening copy a file up: O_RDONLY not, O_WRONLY, O_RDWR, O_APPEND and O_TRUNC do
mkdir l u w m; for i in r w a rw t n; do echo old > l/$i; done
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; : < m/r; ls u; exec 3<> m/rw; ls u; exec 3>&-
: >> m/a; : > m/t; ls u; stat -c '%s %n' u/*; truncate -s 100 m/n; od -An -c m/n | head -1; stat -c '%s' l/n
dd if=/dev/zero of=m/w bs=1 count=1 conv=notrunc 2>&1 | head -1; od -An -c m/w; touch -a m/r; ls u
test -w m/r; cat m/r; stat m/r > /dev/null; [ -e u/r ] && echo up
