set -m
sleep 5 &
sleep 6 &
jobs; jobs -p | wc -l; jobs %1; jobs %3; echo $?; jobs -r; jobs -s; jobs -x; jobs -x echo %1 | tr 0-9 N
jobs -z; echo $?
bg %1; jobs; bg %1; echo $?; bg %9; echo $?
kill %1; wait %1; echo $?; jobs
kill -9 %2; wait %2; echo $?
jobs
sleep 1 | sleep 1 &
disown %1; jobs; disown %1; echo $?; disown; echo $?; disown -a; echo $?; disown -x; echo $?; disown 99999; echo $?
sleep .1 & wait -n; echo $?; (exit 3) & wait -n; echo $?; wait -n; echo $?; wait -n 99999; echo $?
(exit 4) & p=$!; wait -p v $p; echo $? $((v == p)); wait -n -p v; echo $? ${v-unset}
wait 99999; echo $?; wait abc; echo $?; wait %5; echo $?; wait -z; echo $?; wait -f; echo $?; wait -p; echo $?; wait -p 1x; echo $?
(exit 5) & (exit 6) & wait $! ; echo $?; wait; echo $?
sleep .2 & fg; echo $?; fg; echo $?; fg %3; echo $?
sh -c 'kill -STOP $$; exit 3' ; echo $?; jobs; fg; echo $?
sh -c 'kill -TSTP $$; exit 3' & sleep .2; jobs; fg >/dev/null; echo $?
sleep 3 & kill -TERM %%; wait; echo $?
sleep 3 & kill -HUP %+; wait %+; echo $?
sleep 3 & kill -SEGV %sleep; wait; sleep 3 & kill -INT %?leep; wait
sleep 3 & sleep 4 & kill %sleep; echo $?; kill %1 %2; wait
suspend -x; echo $?
set +m
sleep 2 & kill $!; wait $!; echo $?
bg; echo $?; fg; echo $?; suspend; echo $?
sleep .3 & jobs; jobs %%; wait %1; echo $?
{ sleep .1; exit 7; } & wait -n; echo $?
f() { sleep .1; return 3; }; f & wait $!; echo $?
for i in 1 2; do sleep .1; done & jobs; wait
{ echo x; sleep .1; } | cat & jobs; wait
(sleep .1; sleep .1) & jobs; wait
sleep .1 && echo "done it" & jobs %%; wait
x=1 y=2 sleep .1 & jobs %%; wait
