# shell: EXIT, INT, TERM, ERR, DEBUG traps; listing; ignoring
trap 'echo bye $?' EXIT; trap 'echo got $?' USR1; trap '' TERM
kill -USR1 $$; kill -TERM $$; echo alive
trap -p USR1 TERM; trap
trap - TERM; trap 'echo failed at $LINENO' ERR; false; ! true; false || true; trap - ERR
(trap 'echo sub' EXIT; echo in)
bash -c 'trap "echo term; exit 3" TERM; kill $$; echo unreached'; echo $?
trap x NOSUCH; echo "status $?"
exit 5
