# vi: wrong options, missing arguments
vi -z f 2>&1 | sed -n 2,3p
vi --nonsense 2>&1 | sed -n 2,3p
vi -c; echo $?
vi --version | head -1
