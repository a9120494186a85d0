# userland: useradd and its family
printf '1\0' > /etc/passwd.lock
useradd one; echo $?
echo 4242 > /etc/passwd.lock
useradd two; echo $?
: > /etc/passwd.lock
useradd three; echo $?
printf '99999\0' > /etc/passwd.lock
useradd four; echo $?
ls /etc/*.lock
printf '1\0' > /etc/group.lock
groupadd five; echo $?
useradd six; echo $?
ls /etc/*.lock
