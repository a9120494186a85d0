# userland: zless, zmore, xzless, xzmore and zforce
printf 'a\nb\nhello\n' > f; printf 'a\nc\n' > g; xz -k f; gzip -k f
zless f.gz; zless f.gz g; zless f; echo $?; zless < f.gz; zless nosuch; echo $?; xzless f.xz; xzless f.xz g; xzless nosuch; echo $?
zmore f.gz < /dev/null; zmore f.gz g < /dev/null; zmore nosuch < /dev/null; echo $?; zmore < /dev/null; echo $?; xzmore f.xz < /dev/null; xzmore f.xz g < /dev/null; xzmore nosuch < /dev/null; echo $?
zforce nosuch; echo $?; cp f.gz h; zforce h; ls; zforce h.gz f; echo $?; zforce; echo $?
