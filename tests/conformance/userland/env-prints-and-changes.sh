# userland: env with assignments, -i, -u, -C, commands not found
env -i A=1 B=2; env -i /bin/echo hi; A=1 env -u A env | grep -c ^A=; X=5 env | grep ^X
env FOO=bar bash -c 'echo $FOO'
env nosuch; echo "status $?"; env /tmp; echo "status $?"; env -i nosuch; env -z; echo "status $?"
env -C /usr pwd; env -i bash -c 'echo $HOME'; env false; echo "status $?"
printenv HOME NOSUCH; echo "status $?"; env -i printenv
