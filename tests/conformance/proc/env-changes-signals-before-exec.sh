# proc: ignored and blocked signals pass through exec, handlers do not
(trap '' USR1 HUP; grep -E '^Sig[IC]' /proc/self/status)
(trap 'echo x' USR1 HUP; grep -E '^Sig[IC]' /proc/self/status)
nohup grep SigIgn /proc/self/status 2>/dev/null
env --ignore-signal=INT grep -E '^Sig' /proc/self/status
env --block-signal=INT,USR1 grep -E '^Sig' /proc/self/status
env --ignore-signal grep -E '^Sig' /proc/self/status
env --block-signal=TERM --list-signal-handling true
env --ignore-signal=USR1 --default-signal=USR1 grep SigIgn /proc/self/status
