LC_ALL=en_US.UTF-8
echo $?
unset LC_ALL
LC_ALL=xx_YY bash -c 'echo b'
LC_ALL=C bash -c 'echo c'
LC_ALL=POSIX bash -c 'echo d'
LANG=nosuch bash -c 'echo e'
LC_ALL=nosuch sh -c 'echo f'
export LC_ALL=C.UTF-8
echo $?
