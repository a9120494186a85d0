# userland: xargs: input, limits, conflicts, statuses
cd /tmp
printf 'a b\nc "d e" f\\ g\n' > x
