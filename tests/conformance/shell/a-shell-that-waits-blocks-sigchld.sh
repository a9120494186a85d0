# shell: what /proc says of the signals of a bash that waits for a child, reads a substitution, or has an EXIT trap
s() { grep -E '^Sig(Blk|Cgt|Ign)' /proc/$1/status | cut -f2 | tr '\n' ' '; echo; }
me() { local a b; while read -r a b; do case $a in Sig[BC]*) echo -n "$a $b ";; esac; done < /proc/self/status; echo; }
me; s $$; (s $BASHPID; me); x=$(grep SigBlk /proc/$$/status); echo "$x"; x=$(s $BASHPID); echo "$x"
{ sleep 0.2; grep -E 'SigBlk|State' /proc/$$/status; } & wait
{ sleep 0.2; grep -E 'SigBlk|State' /proc/$$/status; } & wait -n
cat /proc/$$/status | grep -E 'SigBlk|State'; cat <(sleep 0.2; grep SigBlk /proc/$$/status)
trap 'echo int' INT; me; (me); trap - INT; me; trap '' INT; me; trap - INT; me; trap 'echo x' CHLD; me; trap - CHLD
bash -c 'grep SigBlk /proc/self/status'; bash -c 'grep SigBlk /proc/$$/status; true'
sh -c 'grep -E "Sig(Blk|Cgt)" /proc/$$/status; true'; echo 'grep SigCgt /proc/$$/status' | sh
sh -c 'trap "echo out" EXIT; grep SigCgt /proc/$$/status'
trap 'echo bye' EXIT; s $$; (s $BASHPID; trap 'echo in' EXIT; s $BASHPID); trap - EXIT
bash -c 'trap "" HUP; trap "echo out" EXIT; grep SigCgt /proc/$$/status'
bash -c 'trap "echo out" EXIT; kill -SEGV $$'; echo $?
bash -c 'trap "echo out" EXIT; kill -PROF $$; echo on'; echo $?
bash -c 'trap "" EXIT; grep SigCgt /proc/$$/status'
