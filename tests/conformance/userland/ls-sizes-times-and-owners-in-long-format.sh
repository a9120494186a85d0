# userland: ls -l with every choice of columns, sizes and styles of time
mkdir d; cd d; echo 12345 > f; ln f g; mkfifo p; mknod c c 5 1; mknod b b 8 17; ln -s f l; ln -s nosuch dang; mkdir -m 1777 t; mkdir -m 2755 s; chmod 4755 f; echo > x; chmod +x x; truncate -s 12M big; touch -d '2020-01-01 10:11:12.5' *; touch -h -d 2020-01-01 l dang; chown 1000:5 x; setfacl -m u:5:r big
ls -l; ls -lh; ls -l --si; ls -sh big; ls -ls --block-size=1; ls -l --block-size=K big; ls -n x; ls -g x; ls -o x; ls -lG x; ls -goh x; ls -l --author x; ls -lL l; ls -lL dang; echo $?; ls -ld l t
for s in full-iso long-iso iso locale +%s '+%Y
%H' posix-iso bogus; do ls -l --time-style="$s" x; done; ls --full-time x; TIME_STYLE=long-iso ls -l x; LC_ALL=C ls -l x; TZ=Asia/Seoul ls -l x; ls -l --time=bogus x; ls -lu x; ls -l --time=mtime x; ls -lrt | tail -2; ls -lS | head -3; ls -l --time-style=+ nosuch x; echo $?; ls -lk big; ls -m -l x; ls -l -1 x; ls -lC x; ls -lx x
