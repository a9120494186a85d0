# userland: cat files, stdin, -n -A -b -s -E, directories, missing files
printf 'one\n\n\ntwo\tx\n' > f; cat -n f; cat -b f; cat -A f; cat -s f; cat -E f | head -1
cat f nosuch f | wc -l
cat nosuch; echo "status $?"; cat /tmp; echo "status $?"
echo piped | cat - f | head -2; cat -z; echo "status $?"; cat --help | head -1
cat f > f; cat f >> f; echo "status $?"
