# shell: compgen with its actions, lists, patterns, functions and commands
compgen -W 'foo bar "baz qux" $HOME `echo sub` {x,y}z'; echo $?; compgen -W 'foo bar faz' f; compgen -W 'foo bar' z; echo $?
compgen -W 'foo bar faz' -P '<' -S '>' f; compgen -W 'foo bar faz' -X 'f*'; compgen -W 'foo bar faz' -X '!f*'
IFS=:; compgen -W 'a b:c d:e'; IFS=$' \t\n'
mkdir d; cd d; touch a.c b.c 'sp ace' .hid; mkdir sub; ln -s sub lnk
compgen -f s | sort; compgen -f -X '*.c' | sort; compgen -d | sort; compgen -d -S /; compgen -G '*.c'; compgen -o dirnames nomatch; compgen -o plusdirs -W w su; compgen -o default sp; cd ..; compgen -f d/sp
alias al=x; compgen -a; compgen -b c; compgen -k | head -3; compgen -A setopt e; compgen -A shopt ch; compgen -A signal SIGT; compgen -A binding vi-a; compgen -v BASH_V; compgen -e PW; compgen -u roo; compgen -A helptopic co; compgen -A stopped
f() { echo "f: $# $1 $2 [$3] $COMP_CWORD"; COMPREPLY=(one two three); }
compgen -F f t; compgen -F nofunc x; echo $?; compgen -C 'echo cmd' x; compgen -A function
compgen -A nosuch; echo $?; compgen -o nosuch; echo $?; compgen -z; echo $?; compgen; echo $?
compgen -W '-a --bc' -- --b; compopt -o nospace; echo $?
