# overlay: what programs say where the overlay can only be read
mkdir a b m; echo 1 > a/1; echo 2 > b/2; mount -t overlay x -o lowerdir=b:a m
ls m; touch m/z; echo $?; cp -a m n; ls n; mv m/1 k; echo $?; ls k m; rm m/1; rm -rf m; echo $?; rm -f m/nosuch; echo $?; chmod 600 m/1; tar cf - m | tar tf - | sort
install m/1 i; ls -l --time-style=+ i; dd if=m/1 status=none; truncate -s 0 m/1; touch m/1; ln m/1 m/h; ln -s x m/s; mkdir m/q; sort -o m/1 m/1; shred m/1; setfattr -n user.x -v 1 m/1; cp i m; install i m; mkfifo m/p; tee m/t < /dev/null; chown 5 m/2; rmdir m/nosuch; mv m/1 m/9; echo $?
