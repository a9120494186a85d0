# userland: mv across file systems copies and removes: messages, links, attributes, refusals
mkdir t d; mount -t tmpfs none t; echo 1 > d/1; ln d/1 d/2; ln -s 1 d/s; mkfifo d/f; mknod d/c c 1 3; chmod 750 d; touch -d 2020-02-03 d/1 d/s -h; setfattr -n trusted.k -v v d/1
mv -v d t | sort; ls -ln --time-style=+%F t/d | grep -v '[pc]r'; ls -d d; getfattr -d -m - t/d/1; stat -c %h t/d/1
mv -v t/d/s t/d/f .; mv t/d .; echo 2 > t/1; mv -v d/1 t/1; cat t/1; mv -n d/2 t/1; ls d
mkdir t/d; mv -T d t/d; echo $?; ls t/d; mkdir d; mv d t; echo $?; touch t/d/x; mv d t; echo $?; mv -f d t/1; echo $?; mv t u; echo $?
mv t/1 t/d nosuch; mv nosuch t; mv t/d t/d/y; echo 3 > e; mv -i e t/1 < /dev/null; echo; mv -b e t/1; ls t; mv -u t/1 e; cat e; mv t/1~ nodir/x; echo $?
