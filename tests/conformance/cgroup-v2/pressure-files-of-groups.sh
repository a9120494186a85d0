# cgroup-v2: cpu.pressure: format, and that full is there in groups
cd /sys/fs/cgroup; mkdir g; sed "s/[0-9.]*$//; s/=[0-9.]*/=N/g" cpu.pressure g/cpu.pressure /proc/pressure/cpu; ls g | grep pressure; cat g/cgroup.pressure; echo 0 > g/cgroup.pressure; cat g/cpu.pressure; echo "exit $?"; echo 2 > g/cgroup.pressure; echo "exit $?"; echo 1 > g/cgroup.pressure; cat g/cpu.pressure
