# proc: a removed file stays readable through its descriptor; /proc/PID/fd; pipes and offsets
echo kept > f; exec 3< f; rm f; ls f; readlink /proc/$$/fd/3; cat <&3; cat /proc/$$/fd/3; exec 3<&-
echo 12345 > g; exec 4< g; read -n 2 x <&4; grep pos /proc/$$/fdinfo/4; cat <&4
grep pos /proc/$$/fdinfo/4; exec 4<&-
echo x | readlink /proc/self/fd/0 | sed 's/[0-9][0-9]*/N/'
ls -l /proc/$$/fd | awk 'NR>1 {print $1, $9}' | head -3
(exec 5> h; sleep 60) & until [ -e h ]; do sleep 0.1; done; readlink /proc/$!/fd/5; : > big
exec 6>> big; echo a >&6; : > big; echo b >&6; cat big; kill $!; echo "$(</proc/$$/comm)"
