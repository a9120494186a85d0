# userland: tee, tee -a, several files, errors, /dev/stderr
echo one | tee a b; cat a b; echo two | tee -a a; wc -l a; echo three | tee a > /dev/null; cat a
echo x | tee nosuch/f; echo "status $?"; echo x | tee /tmp; echo "status $?"
echo y | tee /proc/sys/kernel/nosuch; tee -Z < /dev/null; echo "status $?"
echo z | tee /dev/stderr 2>&1; echo 5 | tee /dev/null
