# shell: kill and jobs of sh
cat > s <<'S'
sleep 0.3 & sleep 0.3 | sleep 0.3 & jobs; sleep 0.6; jobs; jobs
(exit 3) & sleep .1; jobs; sleep 5 & kill $!; sleep .1; jobs
bg; fg %1; wait %3; echo $?
break 0; echo no
S
sh s; echo $?
sh -c 'kill -l' | head -3
for words in -HUP '-l 300' '-l abc' '-9x 1' '-s BOGUS 1' -s '-n 9' -q 0x '%1' '-SIGTERM 1' '-l 9 15' '-l 137'; do sh -c "kill $words"; echo $?; done
sh -c 'f-x() { :; }'; sh -c '! ! true'; sh -c 'export a-b; echo no'; echo $?
sh -c 'ulimit -n x; hash -v'; sh -c 'echo ${x:?}'; echo $?
