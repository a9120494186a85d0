# tty: ls --color=auto, grep --color=auto, PS1 in scripts, clear, interactive bash -i
# tty: 1
mkdir d; cd d; mkdir sub; touch f; touch x; chmod +x x; ln -s f l; mkfifo p; touch a.tar
chmod 1777 sub; ls --color=auto | cat -v; ls --color=auto; ls --color=auto -l | grep -c x
ls --color=always -1 | cat -v; echo "[$PS1]"; clear | cat -v; TERM=dumb clear | cat -v
TERM=nosuch clear; echo "status $?"; env -u TERM clear; echo "status $?"
grep --color=always o <<< foo | cat -v; alias; echo $-; dircolors | cut -c1-20 | head -1
tput bold | cat -v; tput nosuch; echo "status $?"
