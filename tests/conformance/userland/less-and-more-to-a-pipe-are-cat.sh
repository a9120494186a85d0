# less, more: without a terminal they copy, and say what they cannot read
cd /tmp
seq 3 > f; printf 'a\tb\001\n\033[1mbold\033[m\n' > c
less f | cat; less -N f | cat; seq 3 | less | cat
less nofile; echo $?; less /tmp; echo $?; less f nofile c 2>&1 | cat -v; echo $?
less -Z f; echo $?; less --foo f; echo $?
less +G f; less -p 2 f; less -F f; LESS=-S less f
less --version | head -3
more f nofile; echo $?; more /tmp; echo $?; more f c 2>&1 | cat -v
more -Z f; echo $?; more -2 f; more +3 f; more -n 2 f; more --help
