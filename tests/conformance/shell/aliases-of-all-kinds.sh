# shell: aliases with newlines, blanks at their end, chains, wrong names
shopt -s expand_aliases
alias -- foo=echo; echo $?
foo x
unalias -- foo; echo $?
alias e='echo 1
echo 2
echo 3'
e a
alias f='echo 1;
'
f b
alias g='echo [ '
( g subshell; )
echo $(g cmdsub)
alias t='echo one && echo two | wc -l;
echo four'
t
>al1 e2 1
alias e2=echo
>al1 e2 1; cat al1
alias w1='ONE ' w2='TWO ' w3='THREE' ee='echo '
ee w1 w2 \
 w1 w3 w1
alias FOR1='for ' FOR2='FOR1 ' eye1='i ' eye2='eye1 ' IN='in ' one='1 2'
FOR2 eye2 IN one 3; do echo $i; done
alias x=1; alias; alias nope x; echo $?; alias -p | head -2; alias -x; echo $?; unalias; echo $?; unalias nope; echo $?; alias 'a b=c'; echo $?; alias 'q"=1'; echo $?; alias a/b=c; echo $?; alias =x; echo $?; alias é=1; echo $?
unalias -a; alias
alias ls='ls -d'; ls /tmp; \ls -d /tmp; 'ls' -d /tmp; command ls -d /tmp
alias if='echo IF'; if true; then echo ok; fi
alias lp='(echo' ; lp in )
alias self='self 1'; self; echo $?
alias a1=a2 a2='echo a2'; a1 x
alias sp='command '; sp a2 hi
alias end=';'; echo 1 end; alias ya='echo ' yb='echo y'; ya yb
f1() { a2 in; }; alias a2='echo changed'; f1; unalias a2; f1
alias k='echo $LINENO'; k
eval 'alias n=echo
n yes'; eval 'alias n2="echo n2"; n2'
