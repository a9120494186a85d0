# shell: $# $* $? $$ $! $- $0 $_ and friends in a script
echo "$# [$*] $? $$ [$!] $- $PPID"; set -- a b c; echo "$# $2 ${@:2} ${!#}"; shift 2; echo "$1 $#"
shift 5; echo "$?"
echo last word; echo $_; true
echo "$LINENO $BASH_SUBSHELL $SHLVL $UID $EUID $HOSTNAME $OSTYPE $MACHTYPE"
set a b c d e f g h i j k; echo $10 ${10}; (( RANDOM >= 0 && RANDOM < 32768 )) && echo random
bash -c 'echo $0 $1 $#' zero one; bash -c 'echo $0'; echo 'echo "$0: $*"' | bash -s x y
