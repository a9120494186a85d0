# shell: -n -e -E, what is not an option
echo -n no newline; echo; echo -e 'a\tb\\c\0101\x41\u263a'; echo -e 'cut\chere'; echo
echo -E 'a\tb'; echo 'a\tb'; echo -ne 'x\n'; echo -x -n; echo -- -n; echo "-n" x; echo ''
echo * | wc -w; /bin/echo -e 'a\nb'; sh -c 'echo "a\tb"'
