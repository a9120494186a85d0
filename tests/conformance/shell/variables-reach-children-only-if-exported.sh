# shell: export, assignment before a command, env -i, unset
a=1; export b=2; c=3 bash -c 'echo "[$a] [$b] [$c]"'; echo "[$c]"
export a; bash -c 'echo $a'; export -n a; bash -c 'echo "[$a]"'
env -i /bin/bash -c 'echo "$PATH"; env | sort'
unset b; bash -c 'echo "[$b]"'; PATH=/nosuch; ls; echo "status $?"; /bin/echo full path; type cd
