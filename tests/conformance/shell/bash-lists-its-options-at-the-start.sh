# shell: bash -o, +o, -O and +O without a name list the options
bash -o < /dev/null
bash +o < /dev/null | head -5
bash -O < /dev/null | grep -c .
bash +O < /dev/null | head -5
bash --rcfile; echo $?
bash -s -c 'echo $-'
{ time -- true; } 2>&1 | sed 's/[0-9]/N/g'
shopt extglob bogus dotglob; echo $?
