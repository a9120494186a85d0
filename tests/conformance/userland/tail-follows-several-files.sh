# userland: headers tell whose lines follow, and a file that takes another's name is recognised
echo 1 > a; echo 2 > b
tail -F a b & pid=$!
sleep 0.7; echo 3 >> b; sleep 0.7; echo 4 >> a; sleep 0.7; echo 5 >> a; sleep 0.7; echo 6 >> b; sleep 0.7; mv b a; sleep 0.7
echo 8 >> a; sleep 0.7; kill $pid; wait $pid
tail -q -f a a & pid=$!
sleep 0.7; kill $pid; wait $pid
rm a; ln -s f a; echo x > f
(sleep 1; echo y >> f; sleep 1.5) & timeout 3 tail -F a
