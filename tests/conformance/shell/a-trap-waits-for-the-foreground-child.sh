# shell: a trapped signal runs its handler after the foreground command, but ends wait at once
trap 'echo handler' USR1
(sleep 0.3; kill -USR1 $$) & sleep 1; echo "after sleep $?"
(sleep 0.3; kill -USR1 $$) & sleep 20 & wait $!; echo "wait returned $?"
kill %%
