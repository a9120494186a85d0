# shell: redirections, here-documents, functions and traps of dash
exec 2>&1
sh -c 'echo a > /nosuch/f; echo $?; echo b > /etc; echo $?; cat < /nosuch; echo $?; : > /nosuch/f; echo no'; echo = $?
sh -c 'exec > /nosuch/f; echo no'; echo = $?; sh -c 'set -C; : > x1; : > x1; echo no'; echo = $?; sh -c '{ echo a; } > /nosuch/x; echo $?; (echo a) > /nosuch/x; echo $?; if true; then echo; fi > /nosuch/x; echo $?; f() { echo; }; f > /nosuch/x; echo $?; while false; do :; done < /nosuch; echo $?'
sh -c 'echo a >&3; echo $?; exec 3> f3; echo b >&3; exec 3>&-; cat f3; echo c >&3; echo $?; echo d >&x; echo $?; echo e 3>&1 >&3; exec 4<&0; exec 5<&4; echo $?; exec 11> f11; echo z >&11; cat f11; exec 11>&-; echo q >&11'; echo = $?
su user -c "sh -c 'echo a > /root/f; echo \$?; cat < /etc/shadow; echo \$?; cd /root; echo \$?; . /etc/shadow; echo no'"; echo = $?
sh -c 'cat <<E; cat <<-E2; cat <<"E3"
a $HOME $(echo sub) `echo bq` \$x \\ "q"
E
	tabbed
	E2
$HOME `no`
E3
'; sh -c 'cat <<A <<B
one
A
two
B
'
sh -c 'x=$(cat <<E
in sub
E
); echo $x'; sh -c 'ls nosuch* ; echo *.nomatch; echo [; echo /e?c /et[a-z] /et[!a-b]; echo "*"; set -f; echo *'; sh -c 'IFS=:; x=a:b::c; set -- $x; echo $#; echo $*; echo "$*"; IFS=; echo $x; unset IFS; echo $x; set -- "a b" c; for i in "$@"; do echo $i; done; for i in $*; do echo $i; done; for i; do echo $i; done'
sh -c 'nosuch | cat; echo $?; false | true; echo $?; true | false; echo $?; ! false; echo $?; ! false | true; echo $?; (exit 3) | (exit 4); echo $?; exit 5 | true; echo still'
sh -c 'f() { return 7; }; f; echo $?; f() { echo $1 $# $0; }; f a b; f() { f2() { echo nested; }; }; f; f2; unset -f f2; f2; echo $?; f() { return; }; false; f; echo $?; f() { return x; }; f; echo no'; echo = $?
sh -c 'kill -TERM $$; echo no'; echo = $?; sh -c 'sh -c "kill -9 \$\$"; echo $?'; sh -c 'sh -c "kill -SEGV \$\$"; echo $?; true'; sh -c 'sleep 5 & kill $!; wait $!; echo $?'; sh -c 'sleep 5 & kill -9 $!; wait $!; echo $?; (kill -INT $(exec sh -c "echo \$PPID")); echo $?'
sh -c 'case abc in a*) echo 1;; *) echo 2;; esac; case x in (x|y) echo p;; esac; case "" in "") echo e;; esac; case "a b" in a\ b) echo sp;; esac; case - in [a-]) echo dash;; esac; case x in a) ;; esac; echo $?; case $(echo z) in z) echo z; esac; case a in a) echo 1;& b) echo 2;; esac'; echo = $?
sh -c 'echo $PPID | grep -c .; echo $PS1 $PS2 $PS4 $IFS $OPTIND $MAIL; env | cut -d= -f1 | sort; set | cut -d= -f1 | sort | tr "\n" " "'; env -i sh -c 'env; set'
sh -c 'trap "echo T" TERM; kill -TERM $$; echo after; trap "echo U; exit 3" USR1; kill -USR1 $$; echo no'; echo = $?; sh -c 'trap "echo e" EXIT; (exit 2); echo $?; (trap); trap; exec true'; echo = $?; sh -c 'trap "" INT; trap; sh -c "trap; kill -INT \$\$; echo alive"'; sh -c 'trap "echo x" 2 15 EXIT; trap; trap 2; trap; trap "" 99; echo $?; trap "echo s" SIGTERM; echo $?'
