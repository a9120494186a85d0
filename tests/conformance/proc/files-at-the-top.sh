# proc: the entries at the top, their modes and owners
ls -la /proc | grep -v ' [0-9]*$' | awk '{print $1,$3,$4,$NF}' | grep -v '^dr.*\.$\|thread-self\|self'
ls /proc/irq/1 /proc/acpi /proc/driver /proc/fs /proc/bus/input /proc/dynamic_debug /proc/tty /proc/tty/driver; cat /proc/irq/9/smp_affinity /proc/irq/default_smp_affinity
