# shell: a trap on CHLD runs once for each child that died, also for those of pipelines, substitutions and of the trap itself
bash -c 'trap "echo t" CHLD; /bin/true | /bin/true | cat; echo a; sleep 0.1 & sleep 0.3; echo b; sleep 0.1 & sleep 0.1 & wait; echo c; sleep 0.1 & wait $!; echo d; sleep 0.1 & wait -n; echo e'; echo --
bash -c 'trap "echo t" CHLD; x=$(exit 3); y=$(/bin/true;/bin/true); echo g; cat <(sleep 0.1; echo p); echo i; sleep 0.1; echo j'; echo --
bash -c 'trap "/bin/true; echo t" CHLD; /bin/true; echo a; echo b; echo c'; echo --
bash -c 'trap "/bin/true; echo t" CHLD; /bin/true; /bin/true; echo a; (exit 3); echo b; echo c; :'; echo --
bash -c 'trap "echo t" CHLD; if /bin/true; then echo in; fi; { /bin/true; echo b; }; f() { /bin/true; echo c; }; f; (/bin/true; echo d); eval "/bin/true; echo e"'; echo --
bash -c 'trap "echo t" CHLD; sh -c "kill -STOP \$\$" & sleep 0.2; kill -CONT $!; wait; echo z'; echo --
bash -c 'trap "echo ch" CHLD; trap "echo u" USR1; sleep 0.1 & (sleep 0.2; kill -USR1 $$; sleep 0.3) & wait; echo $?; wait; echo $?'
