# userland: ls -l of links that do not say where they lead
ls -l /proc/2/exe; echo $?; ls /proc/2/exe; echo $?; ls -l /proc/2 2>&1 | grep -c 'cannot read'; ls -l /proc/2 > /dev/null 2>&1; echo $?; su user -c 'ls -l /proc/1/exe; echo $?; ls -F /proc/1/cwd; echo $?'; ls -lR /proc/2/ns > /dev/null; echo $?
