# shell: ( ) against { }, BASHPID, BASH_SUBSHELL
v=outer; cd /
(v=inner; cd /tmp; echo "$v $PWD $BASH_SUBSHELL"); echo "$v $PWD"
{ v=group; cd /usr; }; echo "$v $PWD"
(exit 3); echo $?
[ $$ = $BASHPID ] && echo same; ([ $$ = $BASHPID ] || echo differs)
x=$(echo one; exit 4); echo "$x $?"
echo "$(printf 'a\n\n\n')|"
