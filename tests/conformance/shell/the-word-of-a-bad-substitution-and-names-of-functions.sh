t() { printf "$1" > /tmp/t.sh; printf -- '--- %s\n' "$1"; dash /tmp/t.sh; echo $?; }
t 'echo ${x:-a\nb\n\n'
t 'echo $((1+\n\n'
t 'echo "$((1+\n\n'
t 'echo $(a\n\n'
t 'echo `a\n\n'
t 'echo >\n'
t 'echo a | ]]\n'
t 'echo ( foo\n'
t 'x ) foo\n'
t '( x ) foo\n'
t '( x ) done\n'
t '( x ) in\n'
t '( x ) "foo"\n'
t 'case x in x) a;& y) b;; esac\n'
unset q; bash -c 'echo ${q@z}; echo st $?; q=1; echo a${q@z}b; echo c'; bash -c 'echo "a${q@z}b"c'; bash -c 'echo ${q:-a${q@z}b}c'; bash -c 'x=a${q y}'; bash -c 'echo a${q[]}b "x${q[]}y"'; bash -c 'cat <<F
a ${q y} b
F'; bash -c 'f$x() { :; }; echo $?; "g"() { :; }; echo $?; h\i() { :;}; echo $?;  function a$b { :; }; echo $?; function "a" { :; }; echo $?; a.b() { echo ab; }; a.b; function a=b { echo ab; }; echo $?'
