bash -r -c 'cd /'; echo $?
bash -r -c '/bin/ls'; echo $?
bash -r -c 'echo x > f; echo $?; echo y >> f; echo $?; cat < /dev/null; echo $?'
bash -r -c '. ./x; echo $?; exec ls; echo $?; command -p ls; echo $?; hash -p /bin/ls ls; echo $?'
bash -r -c 'PATH=x; echo no'; echo $?
bash -r -c 'echo $-; shopt restricted_shell'
ln -s /bin/bash rbash; ./rbash -c 'cd /'; echo $?
