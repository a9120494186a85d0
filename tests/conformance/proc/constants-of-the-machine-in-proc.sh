# proc: files of the whole system that do not change
cat /proc/filesystems /proc/dma /proc/execdomains /proc/tty/drivers /proc/tty/ldiscs /proc/swaps
ls /proc/pressure /proc/tty
cat /proc/meminfo | sed 's/ [0-9]\{2,\} / N /; s/ [1-9] / N /' | awk '{ print $1, $3 }'
grep -E 'MemTotal|CommitLimit|Vmalloc(Total|Chunk)|Huge|Percpu' /proc/meminfo
awk '{ print $1, $2, $3, $4, NF }' /proc/buddyinfo
head -1 /proc/interrupts
grep -E 'LOC|NMI|ERR' /proc/interrupts | sed 's/[0-9][0-9]*/N/g; s/  */ /g'
sed 's/[0-9][0-9]* */N /g' /proc/softirqs | sed 's/  *N/ N/g'
grep -E '^(processor|siblings|core id|cpu cores|apicid|power|clflush size)' /proc/cpuinfo
