# shell: > >> < 2>&1 &> and their order
ls /nosuch > both 2>&1; cat both
ls /nosuch 2>&1 > only-out | sed 's/^/piped: /'; cat only-out
echo one > f; echo two >> f; cat < f
ls /nosuch &> all; cat all
{ echo o; echo e >&2; } 2> err > out; cat out err
cat < /nosuch; echo "status $?"
echo x > /nosuch/dir; echo "status $?"
echo x > /tmp; echo "status $?"
