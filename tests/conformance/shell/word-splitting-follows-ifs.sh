# shell: unquoted expansions split at IFS; "$@" and "$*" differ
show() { printf '%d:' $#; printf '<%s>' "$@"; echo; }
v='  one two   three '; show $v; show "$v"
IFS=:; p=a::b:c; show $p; IFS=$' \t\n'
set -- 'a b' c ''; show $*; show "$*"; show $@; show "$@"
IFS=-; echo "$*"; IFS=
show $v
set --; show "$@"; show "$*"
