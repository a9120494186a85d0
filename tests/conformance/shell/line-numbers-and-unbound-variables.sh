# shell: LINENO, FUNCNAME, caller, special variables, set -u, patsub_replacement
unset 1x; echo $?; unset 'a b'; echo $?; unset -v 1x; echo $?; unset a-b; echo $?; unset -f 1x; echo $?; unset -n 1x; echo $?; unset; echo $?; unset -z; echo $?; unset 'a[1]x'; echo $?; unset '@'; echo $?; unset ''; echo $?
shopt -s patsub_replacement; x=abcabc; r='<&>'; echo ${x/b/$r} ${x/b/"$r"} ${x//b/\&} ${x//[bc]/&&} ${x/#a/[&]} ${x/%c/[&]} ${x/b/'&'} "${x/b/'&'}" "${x/b/&}" ${x/b/a\\&b} ${x//b/$'\n'} ; shopt -u patsub_replacement; echo ${x/b/<&>} ${x/b/\&}
f() { echo "$LINENO ${FUNCNAME[*]} ${BASH_LINENO[*]} ${BASH_SOURCE[*]}"
echo $LINENO; caller; caller 0; caller 1; caller x; echo $?; }
f
g() { f; }; g
echo $LINENO $(echo $LINENO; echo $LINENO) "
" $LINENO; eval 'echo $LINENO
echo $LINENO'; cat <<E
$LINENO
E
trap 'echo "dbg $LINENO $BASH_COMMAND"' DEBUG; echo a; x=1; for i in 1; do :; done; trap - DEBUG; trap 'echo "err $LINENO $?"' ERR; false; (exit 3); ! true; if false; then :; fi; false || true; trap - ERR
echo $- $# $0 $! $? $_; echo "$BASH_VERSION ${BASH_VERSINFO[0]} $BASH" $SHLVL $PPID $UID $EUID $HOSTTYPE $OSTYPE $MACHTYPE $BASH_SUBSHELL; (echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL)); RANDOM=42; echo $RANDOM $RANDOM; SECONDS=5; echo $SECONDS; echo $SHELLOPTS; echo $BASHOPTS; echo ${GROUPS[@]} ${DIRSTACK[@]}; echo ${PIPESTATUS[@]}; true | false | (exit 3); echo ${PIPESTATUS[@]} $?; echo $OPTIND $OPTERR $IFS.; echo ${!BASH*}
set -u; (echo ${zz@a}); echo $?; (echo ${zz[@]}); echo $?; (echo ${zz[0]}); echo $?; (echo $((zz[0]))); echo $?; (echo $((zz))); (echo ${#zz}); (echo ${#zz[@]}); (echo "$@" $*); (echo ${zz:-x}); (echo ${zz^}); (echo ${zz:1}); (echo ${zz/a/b}); (echo $1 $3); (echo ${!3}); (echo ${3:-$4}); (echo $!); (declare -a ea; echo "${ea[@]}" ${#ea[@]}; echo ${ea[0]}); (ea=(); echo "${ea[@]}"; echo $ea); ( : ${zz?}; ); ( : ${zz?my msg} ); ( : ${1?} ); ( x=; : ${x:?} ); ( : ${zz:?"a b"$x} ); (echo ${zz+ok} ${zz-d}); [[ $zz ]]; echo no
