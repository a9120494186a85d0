# userland: tail -F through rename, removal, truncation and a directory of that name
step() { sleep 0.7; eval "$1"; }
echo 1 > f
tail -F f & pid=$!
step 'echo 2 >> f'; step 'mv f g'; step 'echo 3 > f'; step 'rm f'; step 'echo 4 > f; echo 5 >> f'
step ': > f'; step 'echo 6 > f'; step 'rm f; mkdir f'; step 'rmdir f'; step 'echo 7 > f'; step 'echo 8 > n; mv n f'
step 'echo 9 >> f'; sleep 0.7; kill $pid; wait $pid; echo $?
