x=abc; a=(1 2); set -- p q; r=x
echo ${x:1/0}
echo ${x:1:08}
echo "${@:1/0}"
echo ${a:1/0}
echo ${a[0]:1/0}
echo ${a[*]::1/0}
echo ${!r:1/0}
echo ${x:nope nope}
unset 'a[1/0]'; echo not reached
declare -i i; read i <<< '1/0'; echo not reached
declare -i i; printf -v i 'a b'; echo not reached
read 'a[1/0]' <<< x; echo not reached
export i=1/0; echo not reached
declare -i j; mapfile -t j <<< 1+2; declare -p j
