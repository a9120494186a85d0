# shell: 126 for a directory, for a file without the x bit, for a bad interpreter
echo 'echo hi' > s
./s; echo "status $?"
/tmp; echo "status $?"
chmod +x s; ./s; echo "status $?"
echo '#!/no/such/interpreter' > t; chmod +x t
./t; echo "status $?"
. ./missing; echo "status $?"
bash missing.sh; echo "status $?"
