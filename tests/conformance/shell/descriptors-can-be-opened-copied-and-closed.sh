# shell: exec with redirections, {var}, closing, noclobber
exec 3> f; echo three >&3; exec 3>&-; cat f
echo gone >&3; echo "status $?"
exec 4< f; read line <&4; echo "$line"; exec 4<&-
exec {fd}> g; echo "fd is $fd"; echo via >&$fd; cat g
set -C; echo x > f; echo "status $?"; echo forced >| f; cat f
echo both 1>&2 2>/dev/null
ls /proc/self/fd | wc -l
