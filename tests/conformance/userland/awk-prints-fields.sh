# userland: the awk one-liners of tutorials: fields, -F, conditions, sums, BEGIN and END
printf 'a 1 x\nb 2 y\nc 3 z\n' > f; awk '{print $2}' f; awk '{print $1, $NF}' f; awk 'NR==2' f
awk '$2>1 {print $1}' f; awk '{s+=$2} END {print s}' f; awk -F: '$3==0 {print $1}' /etc/passwd
awk 'BEGIN {print 1/4}'; awk '/b/ {print NR": "$0}' f; awk -v n=5 'BEGIN {print n*2}'
awk '{printf "%-3s|%d\n", $1, $2}' f; awk 'END {print NR}' f; awk '{print length($0)}' f | head -1
awk 'NR>1 && !/z/' f; awk '{$2=""; print}' f | head -1; echo a:b | awk -F: '{print $2 $1}'
awk '{print' f; echo "status $?"; awk 1 nosuch; echo "status $?"
