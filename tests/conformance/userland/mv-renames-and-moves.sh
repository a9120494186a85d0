# userland: mv: rename, into a directory, overwrite, errors
echo 1 > a; mv a b; ls; mkdir d; mv b d; ls d; echo 2 > b; mv -v b d; cat d/b; mv d e; ls e
mv nosuch x; echo "status $?"; mv e; echo "status $?"; mv; echo "status $?"; mv e e; mv e e/sub
touch f; mv e f; mv f e/b/c; mv f g nosuchdir
mkdir h; touch h/x; mkdir i; mv -T h i; ls i; mkdir j j/i; touch j/i/y; mv i j; mv -n f j; ls j
mv /proc/self/status .; echo "status $?"
