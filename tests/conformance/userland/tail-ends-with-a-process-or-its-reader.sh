# userland: --pid, a pipe nobody reads, streams
echo 1 > z
sleep 1.5 & p=$!; (sleep 0.5; echo 2 >> z) & tail -f --pid=$p z; echo $?
tail -f --pid=99999 z; echo $?
tail --pid=1 z; echo $?
(sleep 1; echo 3 >> z) & timeout 4 tail -f z | head -n1; echo $?
echo x | tail -f; echo $?
mkfifo p; (sleep 0.5; echo 1; sleep 0.5; echo 2) > p & timeout 2 tail -f p; echo $?
tail -f -s x z; echo $?
tail -f --pid=x z; echo $?
tail -f --max-unchanged-stats=x z; echo $?
tail --retry z; echo $?
