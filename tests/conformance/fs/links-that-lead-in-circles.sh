# fs: ELOOP after 40 links, and for a link that may not be followed
ln -s a b; ln -s b a; cat a; ls a/x; mkdir a; touch a; echo $?; stat -c '%N %F' a b
ln -s self self; cd self; mv self/x y; cp a c; ls -L a; test -e a; echo $?; test -L a; echo $?
mkdir e; touch e/end; prev=e
for i in $(seq 1 39); do ln -s $prev l$i; prev=l$i; done
ls l39; ln -s l39 l40; ls l40; ln -s l40 l41; stat -L l41; ls l40/end; cat l41/end; readlink l41; realpath l40
dd if=a iflag=nofollow; ln -s e/end one; dd if=one iflag=nofollow; dd if=e/end iflag=nofollow status=none; echo $?
dd if=/dev/null of=one oflag=nofollow; dd if=/dev/null of=new oflag=nofollow status=none; ls new
