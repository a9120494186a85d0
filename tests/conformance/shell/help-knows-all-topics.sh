# shell: help lists topics, finds them by name, start or pattern, and every builtin has --help
help
help -s if '((' '[[' '{' for time variables
help -d 'for ((' while function coproc
help -s 'e*'
help -d al* '[tu]e*'
help nosuch; echo $?
help -m true | head -6
cd --help | head -1
exit --help > /dev/null; echo $?
echo --help; true --help; test --help; [ --help; echo $?
enable -n cd; help | grep '\*cd'
