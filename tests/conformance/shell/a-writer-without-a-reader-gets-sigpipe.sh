# shell: SIGPIPE ends the writer; ignored, it is EPIPE
yes | head -1; echo "${PIPESTATUS[@]}"
seq 100000 | head -2; echo "${PIPESTATUS[@]}"
(trap '' PIPE; seq 100000 2> err; echo "seq $?" >&2) | head -1; cat err
bash -c 'trap "" PIPE; sleep 0.3; echo x; echo "status $?" >&2' | true
sleep 0.5 | true; echo "${PIPESTATUS[@]}"; { sleep 0.3; echo late; } | :; echo "${PIPESTATUS[@]}"
