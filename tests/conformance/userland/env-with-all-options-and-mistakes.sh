# userland: env - options, split strings, what it refuses
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t env -i
t env -i A=1 B=2
t env -i A=1 B=2 A=3
t env -i A=1 -u A
t env - A=1
t env -u HOME -i X=y
t env -i A=1 sh -c 'echo $A'
t env -i A=1 env -u A
t env -i X=1 env -0 | tr '\0' ,
t env -0 true
t env -i =x
t env -u
t env -u ''
t env -u a=b
t env -C /tmp pwd
t env -C /nosuch pwd
t env -C /tmp
t env nosuch
t env /etc/passwd
t env /etc
t env ./nosuch
t env -S 'echo a  b'
t env -S 'A=1 sh -c "echo $A"'
t env -S 'echo ${HOME} x'
t env -S 'echo $HOME'
t env -S 'echo "a b" '"'c d'"' e\_f g\th'
t env -S 'echo a # b'
t env -S 'echo "a'
t env -S 'echo \q'
t env -S 'echo a\c b'
t env '-S echo a b' c
t env -v echo hi
t env -vS 'A=1 echo hi'
t env 'echo a'
t env '-S'
t env -x
t env --nosuch
t env --ignore-signal=PIPE sh -c 'exit 3'
t env --list-signal-handling --ignore-signal=INT true
t env --default-signal=NOSUCH true
t env --block-signal=HUP,TERM --list-signal-handling true
t env --ignore-signal=KILL true
t env sh -c 'kill -TERM $$'
