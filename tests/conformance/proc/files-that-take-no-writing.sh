# proc: writing to what is read only, and what a magic key says
echo 1 > /proc/version; echo 1 > /proc/mtrr; cat /proc/sysrq-trigger; echo h > /proc/sysrq-trigger; dmesg | tail -1 | cut -d']' -f2; echo s > /proc/sysrq-trigger; sleep .3; dmesg | tail -1 | cut -d']' -f2
touch /proc/x; mkdir /proc/y; rm /proc/version; chmod 600 /proc/version; ls -l /proc/version | cut -c1-10; ln -s a /proc/b; mv /proc/version /proc/v
