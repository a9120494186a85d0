# userland: busybox's shell: words of bash that it knows, and those it does not
b() { busybox sh -c "$1"; echo "=$?"; }
b 'x=hello; echo ${x:1:3} ${x/l/L} ${x//l/L} ${#x} ${x%lo} ${x##*l} ${x: -2}'
b '[[ abc == a* ]] && echo y; [[ abc =~ ^a ]] && echo z'
b 'echo $'"'"'a\tb'"'"'; echo -e "a\tb"; echo "a\tb"; echo -n x'
b 'function foo { echo foo; }; foo; function bar() { echo bar; }; bar'
b 'let x=1+2; echo $x $((2**10)) $((x++)) $x'
b 'echo a &>/dev/null; set -o pipefail; false | true; echo $?; cat <(echo hi)'
b 'read x <<X
hi
X
echo $x; echo abc | { read -n 2 x; echo $x; }'
b 'source /dev/null; echo $?; [ a == a ]; echo $?; echo a | while read x; do echo $x; done'
for text in 'for ((i=0;i<3;i++)); do echo $i; done' 'a=(1 2 3)' 'cat <<< hi' 'select x in a b; do :; done' 'declare z=2' 'x+=2'; do b "$text"; done
b 'type ls; type cd; type if; type nope; f() { :; }; type f; command -v ls'
b 'echo {a,b} {1..3}; trap "echo E" ERR; false'
