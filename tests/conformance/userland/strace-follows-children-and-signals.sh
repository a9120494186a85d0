# strace: -f, unfinished calls, signals, exits
N() { sed 's/0x[0-9a-f]*/ADDR/g; s/\[pid *[0-9]*\]/[P]/; s/si_[us]time=[0-9]*\( \/\*[^*]*\*\/\)\?/T/g; s/\(pid \|Process \|si_pid=\|= \|kill(\)[0-9]\{4,\}/\1PID/g; s/  *=/ =/'; }
strace -f -o out -e trace=unshare,mount unshare -mpf --mount-proc true; sed 's/^[0-9]* *//' out | N
strace -e trace=clone unshare -mpf --mount-proc true 2>&1 | N
strace -f -e trace=execve,unshare,setgroups,sethostname unshare -Uru sh -c 'hostname x; true' 2>&1 | N | grep 'unshare\|setgroups\|hostname'
strace -e trace=none sh -c 'exit 3'; echo "status $?"
strace -qq -e trace=none sh -c 'exit 3'; echo "status $?"
strace -e trace=none sh -c 'kill -TERM $$' 2>&1 | N
strace -e trace=kill sh -c 'kill -USR1 $$' 2>&1 | N
strace -e trace=kill -e signal=none sh -c 'kill -USR1 $$' 2>&1 | N
strace -e trace=none -e signal=hup,int sh -c 'trap "" HUP; kill -HUP $$; kill -0 $$; exit 2' 2>&1 | N
(strace -e trace=none sh -c 'kill -9 $$'; echo "status $?") 2>&1 | grep -v Killed
strace -e trace=none bash -c 'trap "echo got" USR1; kill -USR1 $$; echo end' 2>&1 | N
(strace -e trace=write sh -c 'sleep 0.3; echo late; exit 5' | true) 2>&1 | N
