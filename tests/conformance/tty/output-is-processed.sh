# tty: newline becomes carriage return and newline; -opost; tabs; the width for ls, ps and tree
# tty: 1
echo a; stty -opost; printf 'one\ntwo\n'; stty opost; printf 'a\tb\rc\n'
printf 'bell\a bs\b.\n' | cat -v; mkdir d; cd d; touch {1..30}-file; ls | wc -l; ls; stty cols 40
ls; ls -C -w 20 *1-*; ls --width=60 -x; ps -o args | wc -l; COLUMNS=20 ls; stty cols 200; ls; ls -m
