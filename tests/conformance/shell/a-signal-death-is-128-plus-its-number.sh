# shell: the exit status after a child was killed, and what a script prints about it
cat > s <<'END'
bash -c 'kill -TERM $$'; echo "TERM $?"
bash -c 'kill -KILL $$'; echo "KILL $?"
bash -c 'kill -INT $$'; echo "INT $?"
bash -c 'kill -HUP $$'; echo "HUP $?"
(exit 300); echo "300 is $?"
(exit -1); echo "-1 is $?"
END
bash s 2>&1 | sed -E 's/: +[0-9]{4} /: PID /'
