# tty: the notices of background jobs at the prompt, fg, bg, jobs, exit with jobs
# tty: 1
cat > typed <<'END'
PS1='$ '
sleep 50 &
sleep 60 &
jobs
kill %1; sleep 0.5
kill -STOP %2; sleep 0.5
bg
jobs -l
kill %2; sleep 0.5
true & sleep 0.5
echo done
exit
END
bash --norc -i < typed > log 2>&1; sed -E 's/\b[0-9]{4}\b/PID/' log
