# shell: syntax errors in strings, files, eval, substitutions
try() { bash -c "$1"; echo "st $?"; }
try 'echo a &&'; try '&& echo'; try '| cat'; try 'echo |'; try 'echo a | | cat'; try 'echo ;; echo'; try ';'; try 'echo ; ; echo'; try '& echo'; try 'echo & & echo'; try 'echo a ||'; try '!'; try '! !'; try 'a=(1 2'; try 'a=(1 2) b'; try 'a=(1 ; 2)'; try 'a=(1 | 2)'; try 'echo a=(1)'; try 'f('; try 'f()'; try 'f() echo'; try 'f() { echo'; try 'function'; try 'function f'; try 'function f { echo hi; }; f'; try 'function f() echo'; try 'echo (a)'; try 'echo a(b)'; try 'cat <'; try 'cat <<'; try 'cat <<E'; try 'cat <<E
a'; try 'cat < < a'; try 'cat >&'; try 'echo > '; try 'echo 2>'; try 'echo <<<'; try 'select x in a'; try 'coproc'; try 'echo }'; try 'echo {'; try 'echo { a; }'; try 'if true; then; fi'; try 'echo "a
b'; try 'echo a
echo b
if'; try 'echo a
fi
echo b'; try 'echo $(if)'; try 'echo $(echo a; fi)'; try 'echo "$(if true)"'; try 'echo `if`'; try 'eval "if"; echo $?'; try 'eval "echo a; )"; echo $?'; try 'eval "echo \"x"; echo $?'; try '. /dev/stdin <<< "fi"; echo $?'; try 'trap "if" EXIT'; try 'trap "fi" USR1; kill -USR1 $$; echo after'; try 'x=$(echo "a'; try 'echo ${x:=a'; try 'echo ${}'; try 'echo ${x y}'; try 'echo ${x;}'; try 'echo ${1x}'; try 'echo ${x@Z}'; try 'echo ${x@}'; try 'echo ${!}'; try 'echo ${#'; try 'echo ${#x y}'; try 'echo ${-x}'; try 'x=abc; echo ${x:1:-5}'; try 'echo ${x:-a}b}'; try 'for ((i=0;i<1;i++) do :; done'; try 'for ((i=0;i<1;i++)); do'; try 'alias x="("; shopt -s expand_aliases
x'
printf 'echo a\nif true\nthen\n' > s1; bash s1; echo $?; printf 'echo a\n)\necho b\n' > s2; bash s2; echo $?; bash < s2; echo $?; . ./s2; echo $?; printf 'echo "a\nb\n' > s3; bash s3; echo $?; bash -n s2; echo $?; bash -n s1; printf 'cat <<E\nhi\n' > s4; bash s4; printf 'echo a\necho $(\necho b\n' > s5; bash s5; printf 'f() {\necho $LINENO\nnosuch\n}\n\nf\necho $LINENO\n(nosuch2\n)\n' > s6; bash s6; printf 'echo ok\r\n' > s7; bash s7 | od -c; printf 'if true; then\r\necho\r\nfi\r\n' > s8; bash s8; printf '\x7fELF' > s9; bash s9; echo $?; printf 'echo hi\0there\necho b\n' > s10; bash s10; printf '\0\0\0' > s11; bash s11; echo $?; bash nosuch; echo $?; bash /tmp; echo $?; bash -c; echo $?; bash -Z; echo $?; bash --nosuch | head -3; bash -c 'echo $0 $@' a b c; bash -s x y <<< 'echo $0 $@'; bash -v s1; bash -v -c 'echo x
echo y'; bash -xv s6
