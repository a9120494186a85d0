# userland: tail -f stays with the open file, --follow=name with the name
echo 1 > h
tail -f h & pid=$!
sleep 0.7; echo 2 >> h; sleep 0.7; mv h i; echo 3 >> i; sleep 0.7; rm i; echo 4 > h; sleep 0.7; kill $pid; wait $pid; echo $?
tail --follow=name h & pid=$!
sleep 0.7; echo 5 >> h; sleep 0.7; rm h; wait $pid; echo $?
