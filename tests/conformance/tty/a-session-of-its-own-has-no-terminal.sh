# tty: setsid: no controlling terminal, /dev/tty fails, though stdin is still one
# tty: 1
setsid -w tty; setsid -w bash -c 'echo x > /dev/tty'; echo "status $?"
setsid -w ps -o tty=,stat= -C ps; ps -o tty= -p $$; ps -o stat= -p $$
bash -c '
	cat < /dev/tty & p=$!; until [ "$(ps -o stat= -p $p)" = S+ ]; do sleep 0.1; done
	echo waits; kill $p'
exec < /dev/null; echo hi > /dev/tty; tty; ps -o tty= -p $$
