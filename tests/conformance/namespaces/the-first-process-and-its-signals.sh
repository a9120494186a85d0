# namespaces: pid 1 of a namespace ignores what it does not handle, from inside; from outside KILL and STOP count
unshare -pf bash -c 'kill -TERM $$; echo alive; kill -KILL $$; echo alive; kill -STOP $$; echo alive; trap "echo got usr1" USR1; kill -USR1 $$; kill -INT $$; echo end'; echo $?
unshare -pf --kill-child sleep 100 & u=$!; until p=$(pgrep -P $u); do sleep 0.1; done; kill -TERM $p; kill -INT $p; sleep 0.2; kill -0 $p && echo still; kill -KILL $p; wait $u; echo $?
unshare -pf --kill-child=TERM bash -c 'trap "echo told; exit 3" TERM; sleep 100 & wait' & u=$!; until p=$(pgrep -P $u); do sleep 0.1; done; sleep 0.3; kill -KILL $u; wait $u 2>/dev/null; sleep 0.5
unshare -f --kill-child sleep 100 & u=$!; until p=$(pgrep -P $u); do sleep 0.1; done; sleep 0.2; kill $u; sleep 0.2; kill -0 $u 2>/dev/null && echo unshare waits; kill -9 $u; wait $u 2>/dev/null; sleep 0.2; kill -0 $p 2>/dev/null || echo child too
unshare -pf sh -c 'sleep 100 & sleep 100 & exit 4'; echo $?; pgrep -c -x sleep; unshare -pf bash -c 'exec bash -c "kill -9 -1; echo alone"'
