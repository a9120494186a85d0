# userland: install - modes, directories, backups, verbose, what it refuses
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
s() { stat -c '%n %A %U:%G %F' "$@"; }
echo a > a; echo b > b; mkdir d
t install a x; s x
t install -m 644 a x; s x
t install -m u=rw,g=r,o= a x; s x
t install -m 9 a x
t install a b d; s d/*
t install -t d -v a b
t install -T a d
t install -d p/q/r; s p p/q p/q/r
t install -d -m 700 -v s/t; s s s/t
t install -d a
t install -D a new/dir/file; s new new/dir new/dir/file
t install -D -v a new2/dir/file
t install -D -t new3/dir -v a b
t install -o user -g user a y; s y
t install -o nosuch a y
t install -g nosuch a y
t install -o 1000 -g 0 -d o1; s o1
t install -b a x; ls x*
t install --backup=numbered -v a x; ls x*
t install -S .bak a x; ls x*
t install -C a x; t install -C -v a x
t install -C -v b x
t install -p a z
t install -p -C a z
t install a
t install
t install a b c
t install nosuch d
t install d e
t install a a
t install a b
t install a nosuch/x
t install a nosuch/
t install -t nosuch a
t install -t a b
t install -d
t install -s -p nosuch q
t install --strip-program=true -s a q; s q
t install --strip-program=false -s a q; ls q
t install -Q
t install -d -t d a
t install -D -d a
t install -c -v a b d
