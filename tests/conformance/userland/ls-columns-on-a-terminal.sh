# userland: ls under a terminal of 80 columns; quoting of odd names
# tty: 1
mkdir d; cd d
touch alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar
ls
touch 'with space' "quote'd" '*star'; ls *\ * *\'* \**; ls | tail -2; ls -1 | head -1
ls --color=always -d / /bin/ls /bin/sh | cat -v
