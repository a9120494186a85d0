# shell: exported functions: set -a exports them, their text, and what messages call them
f() { local a; for i in 1 2; do if true; then [[ $i = 1 ]] && echo x; fi; done 2> /dev/null; exec 3<&-; cat <&3 >&2; case $a in x) echo;; esac; { a; b; }; (c; d) & echo $((1+2)); }
export -f f; declare -f f; env | sed -n '/BASH_FUNC_f/,/^}/p'
set -a; g() { nosuch; cat < nosuch; }; set +a; bash -c g; bash -c 'echo one
g'
h() { :; }; bash -c h; export -f h
k() {
  nosuch
  echo a > /nosuch/x
}
export -f k; bash -c 'k; nosuch'; bash -c 'exec env' | grep -c BASH_FUNC
