# shell: which jobs that have ended wait -n still finds, in a script and after -c
cat > s <<'X'
(exit 3) & (exit 4) & sleep 0.2; jobs; wait; wait -n; echo $?; wait -n; echo $?
(exit 3) & (exit 4) & sleep 0.2; wait; (sleep .1; exit 6) & wait -n; echo $?; wait -n; echo $?
(sleep 0.1; exit 3) & (sleep 0.3; exit 4) & wait; (sleep .1; exit 6) & wait -n; echo $?; wait -n; echo $?
(sleep 0.3; exit 3) & (sleep 0.1; exit 4) & wait; (sleep .1; exit 6) & wait -n; echo $?; wait -n; echo $?
(exit 3) & sleep 0.2; jobs; echo; jobs; wait -n; echo $?
(exit 3) & (sleep 0.1; exit 4) & sleep 0.4; true; wait -n; echo $?; wait -n; echo $?;  wait -n; echo $?
(sleep 0.1; exit 7) & wait $!; wait -n; echo $?; (sleep 0.1; exit 8) & wait -n; echo $?
X
echo script; bash s; echo -c; bash -c "$(cat s)"
bash -c 'set -m; sleep 0.1 & sleep 0.3; echo x; sleep 0.1 & wait; echo y; (sleep 0.1; exit 3) & sleep 0.3; jobs; echo z; sleep 0.1 & wait $!; echo zz'
