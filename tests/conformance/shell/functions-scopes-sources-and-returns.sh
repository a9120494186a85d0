f() { echo "$# $1 $0 ${FUNCNAME[*]} $LINENO"; }; f a b
function g { echo g; }; g; function h() { echo h; }; h
function a-b { echo dash; }; a-b; a.b() { echo dot; }; a.b; +x() { echo plus; }; +x; 1f() { echo one; }; 1f; @() { echo at; }; @
f() ( echo sub $BASH_SUBSHELL; exit 3 ); f; echo $?
f() if true; then echo iff; fi; f; f() for i in 1 2; do echo $i; done; f; f() [[ -n x ]]; f; echo $?; f() (( 0 )); f; echo $?
f() { local x=1; x=2; g; echo $x; }; g() { echo "in g $x"; x=3; }; x=0; f; echo $x
f() { local -; set -f; echo *; }; f; echo $-; f() { local - x=1; set -u; }; f; echo $-
f() { local x; echo ${x-unset}; local y=; echo ${y-unset}; }; x=g y=g f
f() { local x=in; unset x; echo ${x-unset}; }; x=out; f; echo $x
f() { unset x; echo ${x-unset}; }; g() { local x=g; f; echo ${x-unset}; }; x=glob; g; echo $x
local z=1; echo $?
f() { return; }; false; f; echo $?; f() { false; return; }; f; echo $?; f() { return 256; }; f; echo $?; f() { return -1; }; f; echo $?; f() { return 300; }; f; echo $?
return 3; echo $?
f() { f2() { echo nested; }; }; f; f2
unset -f f; f; echo $?; unset -f nosuch; echo $?; unset f2; f2; echo $?
readonly -f g; g() { :; }; echo $?; unset -f g; echo $?
f() { echo ${BASH_SOURCE[@]} ${BASH_LINENO[@]} ${FUNCNAME[@]}; }; k() { f; }; k; echo ${FUNCNAME[@]} ${BASH_SOURCE[@]} ${BASH_LINENO[@]}
f() { caller; caller 0; caller 1; caller 2; echo $?; }; k
FUNCNEST=3; r() { echo $1; r $(($1+1)); }; r 1; echo $?; unset FUNCNEST
f() { echo $FUNCNAME; FUNCNAME=x; echo $FUNCNAME; }; f; echo $?
f() { set -- p q; echo $@; }; set -- orig; f a; echo $@
f() { shift; echo $@; }; f 1 2 3
f() { x=5 y=6; local y; y=7; export y; env | grep ^y=; }; f; echo $x ${y-none}
export -f f; bash -c 'f; declare -F f'; export -nf f; bash -c 'f' ; echo $?
f() { echo "$@"; } 2>&1; x=1 f a; echo ${x}; IFS=: f a b
declare -f f; type f | head -3
f () { trap 'echo ret' RETURN; }; f; f; trap - RETURN
f() { for i in 1 2; do return 5; done; }; f; echo $?
f() { while :; do break; return 2; done; return 4; }; f; echo $?
f() { (return 6); echo $?; }; f
f() { eval return 7; echo no; }; f; echo $?
f() { . ./r.sh; echo after $?; }; echo 'return 8; echo no' > r.sh; f
echo 'echo args $# $@; set -- n m; shift' > a.sh; set -- A B; . ./a.sh; echo $@; . ./a.sh x y; echo $@
echo 'x=sourced; f3() { echo f3; }; return' > b.sh; source b.sh; echo $x; f3; . nosuchfile; echo $?; . ; echo $?; . /; echo $?; . -x; echo $?; . -- b.sh; echo $?
mkdir p; echo 'echo from p' > p/c.sh; PATH=p:$PATH . c.sh; chmod -x p/c.sh; PATH=p:$PATH; . c.sh; shopt -u sourcepath; . c.sh; echo $?; shopt -s sourcepath
echo 'if' > bad.sh; . ./bad.sh; echo $?; eval 'if'; echo $?; eval '('; echo $?; eval 'echo a; )'; echo $?; eval; echo $?; eval ''; echo $?; eval -- echo dd; eval -x; echo $?; eval ' '; echo $?; false; eval; echo $?
printf 'echo bin\0ary' > bin.sh; . ./bin.sh; echo $?
ff() { exit 3; }; (ff; echo no); echo $?
f() { echo "${@:0}" "${@:1:1}" "${!#}"; }; f a b c
f() { declare -g gg=1; declare ll=2; typeset tt=3; }; f; echo $gg ${ll-no} ${tt-no}
f() { local a=(1 2) b; local -A c=([k]=v); echo ${a[1]} ${c[k]}; local -i n=2+3; echo $n; local -r ro=1; ro=2; echo no; }; f; echo $?
f() { echo a; }; f() { echo b; }; f; unset -f f
f() { g2; }; g2() { return 3; }; f || echo failed $?; f && echo no; f; echo $?
