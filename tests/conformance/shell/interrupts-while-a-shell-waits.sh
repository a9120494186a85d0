# shell: SIGINT to a shell alone, while it waits, reads a substitution, has traps, or is process 1 of a namespace
t() { echo "## $1"; bash -c "$1"; echo $?; }
t 'kill -INT $$; echo on'; t 'trap "echo out" EXIT; kill -INT $$; echo on'
t 'trap "echo out" EXIT; sh -c "kill -INT \$PPID; sleep 0.2"; echo on'
t 'sh -c "kill -INT \$PPID; sleep 0.2; echo in"; echo on'; t 'sh -c "kill -INT \$PPID; sleep 0.2; kill -INT \$\$"; echo on'
t 'x=$(sh -c "kill -INT \$PPID; sleep 0.2; echo in"); echo on $x'; t 'x=$(kill -INT $$; sleep 0.2; echo in); echo on $x'
t 'x=$(kill -INT $BASHPID; sleep 0.2; echo in); echo on $x'; t 'trap "echo out" EXIT; x=$(kill -INT $$; sleep 0.2; echo in); echo on $x'
t 'trap "echo int" INT; x=$(kill -INT $$; sleep 0.2; echo in); echo on $x'
t '(sleep 0.1; kill -INT $$) & wait; echo on'; t '(kill -INT $BASHPID; echo a); echo $?'
cat > s <<'X'
sh -c 'kill -INT $PPID; sleep 0.2'
echo went on
X
bash s; echo $?; bash < s; echo $?; sh s; echo $?; sh < s; echo $?
echo '## process 1'
unshare -pf bash -c 'kill -INT $$; echo on; trap "echo t" INT; kill -INT $$; trap - INT; kill -INT $$; echo still'; echo $?
unshare -pf sh -c 'kill -INT $$; echo on'; echo $?; unshare -pf sh -c 'sh -c "kill -INT 1; sleep 0.1"; echo on'; echo $?
unshare -pf bash -c 'trap "echo out" EXIT; kill -TERM $$; echo on'; echo $?
