# shell: ${x:?} and set -u end a shell; the status tells a script from -c
unset x
(echo "${x:?gone}"; echo not here); echo "status $?"
bash -c 'echo ${x:?gone}'; echo "status $?"
printf 'echo ${x:?gone}\necho not here\n' > f
bash f; echo "status $?"
bash < f; echo "status $?"
bash -c 'set -u; echo $x'; echo "status $?"
sh -c 'echo ${x:?gone}'; echo "status $?"
