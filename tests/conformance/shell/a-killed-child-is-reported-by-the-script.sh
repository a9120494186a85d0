# shell: a non-interactive shell tells of children killed by most signals, with the line
cat > s <<'END'
sleep 30 & kill -KILL $!; wait $!; echo "KILL $?"
sleep 30 & kill -TERM $!; wait $!; echo "TERM $?"
bash -c 'kill -SEGV $$'; echo "SEGV $?"
bash -c 'kill -ABRT $$' | cat; echo "in a pipeline ${PIPESTATUS[0]}"
(kill -USR1 $BASHPID); echo "USR1 $?"
x=$(kill -9 $BASHPID); echo "substitution $?"
bash -c 'kill -PIPE $$'; echo "PIPE $?"
END
bash s 2>&1 | sed -E 's/: +[0-9]{4} /: PID /'
