# userland: date -d with a format; the start of the clock
date -u -d @0
date -u -d '2024-02-29 12:34:56' '+%Y-%m-%d %H:%M:%S %j %a %b %e %y %p %I %s %% %F %T %D %R'
date -d 2026-01-01 +%A; date '+%F %H'; date -u -d '2025-12-31 + 1 day' +%F
date -d nonsense; echo "status $?"; date +; date x; echo "status $?"; date -z
date -d @1767268802 -Iseconds; date -R -d @0; date -u -d '1 Jan 2026 10:00' +%c
date -r /etc/os-release > /dev/null; echo $?; date -d '2026-01-01 12:00:02' +%s%N
