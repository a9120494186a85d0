sed p <&-; echo $?
sed -n 1p - <&-; echo $?
echo a | sed -n '$p' - ; echo $?
sed -s p /etc/hostname - <&-; echo $?
sed p /proc/self/mem; echo $?
