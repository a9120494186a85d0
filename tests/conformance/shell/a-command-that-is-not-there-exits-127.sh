# shell: 127 for a command that is not found, and where the message says it
nosuchcommand --flag
echo "status $?"
/no/such/path
echo "status $?"
./here
echo "status $?"
(nosuch2)
true | nosuch3 | cat
echo "status $? ${PIPESTATUS[*]}"
