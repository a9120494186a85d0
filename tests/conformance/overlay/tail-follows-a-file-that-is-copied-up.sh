# overlay: tail -f of a lower file sees nothing of what is appended by its copy-up, tail -F as little
mkdir l u w m; echo one > l/log; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
tail -n1 -f m/log > out 2>&1 & p=$!
until grep -q one out; do sleep 0.1; done
echo two >> m/log; sleep 2.5; cat out; kill $p; wait $p 2>/dev/null
tail -n1 -f m/log > out 2>&1 & p=$!
until grep -q two out; do sleep 0.1; done
echo three >> m/log; until grep -q three out; do sleep 0.1; done; cat out; kill $p; wait $p 2>/dev/null
cat l/log
