# shell: names that -o and -O do not know
bash -o nosuch; echo $?
bash +o nosuch -c 'echo hi'; echo $?
bash -eo nosuch -c 'echo hi'; echo $?
bash -O nosuch; echo $?
bash -o errexit -o nosuch -c 'echo x'; echo $?
sh -o nosuch; echo $?
