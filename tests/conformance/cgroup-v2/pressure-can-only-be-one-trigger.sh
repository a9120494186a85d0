# cgroup-v2: a second trigger on one open file, and unknown ones
cd /root; X=/sys/fs/cgroup/x; mkdir $X
exec 5<> $X/io.pressure; echo "some 500000 1000000" >&5; echo $?; echo "full 500000 1000000" >&5; echo $?; exec 5>&-
exec 5<> $X/io.pressure; echo "full 500000 1000000" >&5; echo $?; exec 5>&-
exec 5<> /proc/pressure/memory; echo "some 500000 1000000" >&5; echo $?; echo foo >&5; echo $?; exec 5>&-
echo "some 500000 100" > /proc/pressure/io; echo $?; echo "some 500000 1000000" > /proc/pressure/cpu; echo $?
