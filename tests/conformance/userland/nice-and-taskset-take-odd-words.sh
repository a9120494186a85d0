# userland: nice with several adjustments of the old form; taskset -p 0 and odd masks
for a in '-5 -6 nice' '-5 -n 3 nice' '-1.5 nice' '-+5 nice' '--5 nice' '-5' '-5 --foo' '-5x nice'; do nice $a 2>&1 | head -2; echo "$a [${PIPESTATUS[0]}]"; done
for a in '-p 0' '-cp 0' '-p 0x0 1' '-c , true' '-c 0- true' '-c 0-3:2,1 nproc' '0x3 nproc' '3,1 nproc'; do taskset $a 2>&1; echo "$a [$?]"; done
