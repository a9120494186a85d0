# shell: what posix mode changes: errors that end the shell, listings, names, options that go with it
bash --posix -c 'export FOO=bar; export | grep FOO; readonly -a q=(1); declare -ri i; readonly | grep -E " (-a )?(q|i)"; trap "a" TERM; trap; trap -p | head -3; kill -l; kill -s SIGKILL 1; break; a-b() { :; }; echo no'; echo $?
POSIXLY_CORRECT=1; set -o | grep posix; unset POSIXLY_CORRECT; set -o | grep posix; set -o posix; echo $POSIXLY_CORRECT; set +o posix; echo ${POSIXLY_CORRECT-un}
set -o posix; shopt -s | tr '\n' ' '; set +o posix; shopt -s | tr '\n' ' '; echo
for c in 'set -q; echo no' 'set -o bogus; echo no' 'shift a; echo no' 'shift 9; echo no' 'export -q; echo no' 'trap -q; echo no' 'eval ")"; echo no' 'return; echo no' '. ; echo no' '. nosuch; echo no' 'cd -q; echo yes' 'echo ${x!}; echo no' 'let 1/0; echo yes' 'echo $((1+)); echo no' 'command . nosuch; echo yes' 'command set -q; echo yes'; do bash --posix -c "$c"; echo "$? $c"; done
for c in 'command eval ")"; echo yes' 'command . nosuch; echo yes' 'command export 1x; echo yes' 'command exit 3; echo no'; do sh -c "$c"; echo "$? sh $c"; done
