# userland: tail -f until it is killed; --pid
echo one > log; touch seen err; tail -f log > seen & t=$!
until grep -q one seen; do sleep 0.1; done; echo two >> log
until grep -q two seen; do sleep 0.1; done; cat seen; kill $t; wait $t; echo "status $?"
sleep 0.5 & tail --pid=$! -f log; echo "status $?"; tail -f nosuch; echo "status $?"
tail -F gone 2> err & until grep -q gone err; do sleep 0.1; done; echo hi > gone; sleep 2; kill $!
cat err
