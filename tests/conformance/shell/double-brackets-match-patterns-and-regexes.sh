# shell: [[ ]] with == =~ && ||, BASH_REMATCH
v=hello.txt; e='a b'
[[ $v == *.txt ]] && echo pattern; [[ $v == "*.txt" ]] || echo literal
[[ $v =~ ^([a-z]+)\.(t.t)$ ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
[[ $e == 'a b' && -n $e || x ]] && echo no-splitting
[[ abc < abd ]] && echo less; [[ 10 -gt 9 ]] && echo more; [[ 1+1 -eq 2 ]] && echo arith
[[ -v v ]] && echo set; [[ -v unset_one ]] || echo unset
[[ '*' == * && 'a*' != 'a?b' ]]; echo "status $?"
