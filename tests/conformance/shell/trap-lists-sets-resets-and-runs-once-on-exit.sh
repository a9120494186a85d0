trap 'false; echo $LINENO usr1' USR1
trap 'false; echo $LINENO err' ERR
sh -c "kill -USR1 $$"
echo after=$?
trap 'false; echo $LINENO debug' DEBUG
false
echo after=$?
trap - DEBUG ERR
trap 'echo usr1 $? $LINENO; f' USR1
f() { echo in f $LINENO; return 9; }
(exit 5)
kill -USR1 $$
echo $?
trap 'echo hi' KILL; echo $?
trap 'echo hi' STOP; echo $?
trap 'echo hi' 64; echo $?
trap 'echo hi' 65; echo $?
trap 'echo hi' 32; echo $?
trap -p
trap -p
trap '' USR2
trap -p USR2
trap -p NOSUCH; echo $?
trap -x; echo $?
trap foo; echo $?
trap 'echo x' ; echo $?
trap INT; echo $?
trap 2; echo $?
trap - ; echo $?
trap 'echo a' INT TERM HUP EXIT
trap
trap -- INT
trap
trap 0
trap '' 2 15
trap
trap -- '-x y' INT
trap -p INT
bash -c 'trap; trap "echo hi" TERM; echo $?; trap -p; kill -TERM $$; echo survived'
(trap -p; trap 'echo sub' INT; trap -p)
echo "$(trap -p)"
trap -p | cat
trap -l | head -3
trap - INT TERM HUP
bash -c 'trap "echo exit \$?" EXIT; exit 3'; echo $?
bash -c 'trap "echo exit \$?; exit 7" EXIT; exit 3'; echo $?
bash -c 'trap "echo exit \$?; false" EXIT; true'; echo $?
bash -c 'trap "echo exit \$?" EXIT; kill -TERM $$'; echo $?
bash -c 'trap "echo exit \$?" EXIT; kill -INT $$; echo not'; echo $?
bash -c 'trap "echo int" INT; kill -INT $$; echo after $?'; echo $?
bash -c 'trap "echo exit" EXIT; exec true'; echo $?
bash -c 'trap "echo exit" EXIT; exec nosuch'; echo $?
bash -c 'trap "echo exit" EXIT; (exit 2); echo $(echo sub)'; echo $?
bash -c 'trap "echo exit" EXIT; ( trap "echo subexit" EXIT; true ); true | true'; echo $?
bash -c 'set -e; trap "echo err \$? \$LINENO" ERR; trap "echo exit \$?" EXIT; false; echo no'; echo $?
bash -c 'f() { trap "echo fexit" EXIT; }; f; echo g'; 
bash -c 'trap "return 3" USR1; f() { kill -USR1 $$; echo no; }; f; echo $?'
bash -c 'trap "break" USR1; for i in 1 2 3; do echo $i; kill -USR1 $$; done; echo $?'
bash -c 'trap "echo chld" CHLD; /bin/true; /bin/true; echo x'
bash -c 'trap "echo chld" CHLD; (exit 3) & wait; echo $?'
bash -c 'trap "echo usr1" USR1; (sleep .2; kill -USR1 $$) & wait; echo $?; wait; echo $?'
bash -c 'trap "echo usr1" USR1; (sleep .2; kill -USR1 $$) & wait $!; echo $?'
bash -c 'trap "echo usr1" USR1; (sleep .2; kill -USR1 $$) & sleep .5; echo $?'
bash -c 'trap "echo pipe" PIPE; echo a | true; echo b'
bash -c 'trap "echo syntax (" USR1; kill -USR1 $$; echo $?'
bash -c 'trap "exit 4" EXIT; exit 3'; echo $?
bash -c 'trap "echo \$BASH_COMMAND" EXIT; exit 3'; echo $?
bash -c 'trap "echo err" ERR; f() { false; }; f; f || :; if f; then :; fi; ! f; f && :'
trap 'echo bye $? $LINENO' EXIT
echo last
(exit 6)
