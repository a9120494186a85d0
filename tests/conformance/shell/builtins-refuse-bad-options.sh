# shell: usage messages and status 2 of the built-ins
for c in 'cd -x' 'export -z' 'read -z' 'set -o nosuch' 'set -Q' 'unset -q' 'shopt -s nosuch' 'trap -z' 'wait -z' 'type -z' 'exit abc' 'jobs -z' 'declare -z x' 'shift abc' 'return' 'local x' 'test 1 -foo 2' 'let' 'source -x' 'pwd -z' 'umask -z' 'hash -z' 'ulimit -z'; do
	bash -c "$c"; echo "$c: $?"; done
