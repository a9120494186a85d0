bash -c $'echo $((1/0))\necho A $?'
bash -c $'for i in 1; do break x; done\necho B $?'; echo $?
cat > f.sh <<'E'
echo $((1/0)); echo no
echo A $?
for i in 1; do break x; done
echo B $?
E
bash f.sh; echo $?
bash -c $'f() { echo $((1/0)); echo no; }; f\necho C $?'
bash -c $'f() { echo in; shift x; echo $?; return x; echo no; }; f\necho D $?'; echo $?
bash -c $'readonly r=1; r=2; echo no\necho E $?'; echo $?
bash -c $'readonly r=1\nr=2\necho F $?'; echo $?
bash -c $'set -o posix; readonly r=1\nr=2\necho G $?'; echo $?
bash -c $'readonly r=1; for r in 1 2; do echo x; done; echo H $?'; echo $?
bash -c $'set -o posix; readonly r=1; for r in 1 2; do echo x; done; echo H $?'; echo $?
bash -c $'readonly r=1; r=2 echo hi; echo I $?'; echo $?
bash -c $'readonly r=1; r=2 true; echo I $?'; echo $?
bash -c $'set -o posix; readonly r=1; r=2 echo hi; echo J $?'; echo $?
bash -c $'readonly r=1; export r=2; echo K $?; declare r=3; echo $?; read r <<< x; echo $?; unset r; echo $?; (( r=4 )); echo $?; let r=5; echo $?; local r=6; echo $?; f() { local r=1; echo $?; }; f; echo ${r:=5}; echo $((r=6)); echo no'; echo $?
bash -c $'echo ${x?}\necho no'; echo $?
bash -c $'echo ${x?msg}; echo no'; echo $?
bash -c $'(echo ${x?msg}; echo no); echo L $?'; echo $?
bash -c $'set -u; echo $x; echo no'; echo $?
bash -c $'set -u; (echo $x; echo no); echo M $?; echo $(echo $x) $?; f() { echo $1; }; f; echo no'; echo $?
bash -c $'set -u; echo ${a[0]} ; echo no'; echo $?
bash -c $'set -u; echo ${a[@]} "$@" $* ; a=(); echo "${a[@]}" ${#a[@]}; echo ${!x}; echo no'; echo $?
bash -c $'set -u; x=; echo ${x:?}; echo no'; echo $?
bash -c $'set -u; echo $((y+1)); echo no'; echo $?
bash -c $'set -u; [[ $z = x ]]; echo no'; echo $?
bash -c $'set -u; echo ${#z}; echo no'; echo $?
bash -c $'set -u; echo ${z-d} ${z+s} ${z:-d}; echo ${z:0:1}'; echo $?
bash -c $'set -u; echo $! ; echo no'; echo $?
bash -c $'set -u; echo $1 ; echo no'; echo $?
bash -c $'echo ${x!}; echo no\necho N $?'; echo $?
bash -c $'echo ${!x}; echo N $?'; echo $?
bash -c $'echo $(( 1 + )); echo no\necho O $?'; echo $?
bash -c $'exit x; echo no'; echo $?
bash -c $'exit 1 2; echo S $?'; echo $?
bash -c $'return 3; echo T $?'; echo $?
bash -c $'return x; echo T $?'; echo $?
bash -c $'f() { return 1 2; echo U $?; }; f; echo $?'; echo $?
bash -c $'for i in 1 2; do break 0; echo $?; done; echo V $?'; echo $?
bash -c $'for i in 1 2; do continue -1; echo $?; done; echo V $?'; echo $?
bash -c $'for i in 1 2 3; do echo $i; continue 1 2 3; done; echo V $?'; echo $?
bash -c $'for i in 1 2 3; do echo $i; break 1 2 3; done; echo V $?'; echo $?
bash -c $'f() { break; echo $?; }; for i in 1 2; do echo $i; f; done; echo W $?'
bash -c $'break; echo X $?; continue 5; echo $?'
bash -c $'shift 5; echo Y $?; shift -1; echo $?; shift a; echo $?; set -- 1 2; shift 3; echo $? $#; shift 1 1; echo $?; shift 2; echo $?; shift 0; echo $?'
bash -c $'while break; do echo no; done; echo Z $?; until continue 2; do echo n; break; done; echo $?; for ((;;)); do break; done; echo $?'
bash -c $'for i in 1 2; do for j in a b; do echo $i$j; continue 2; done; done; for i in 1 2; do for j in a b; do echo $i$j; break 99; done; done; echo $?'
echo 'echo in; continue' > c.sh; echo 'break' > b.sh; for i in 1 2 3; do [ $i = 1 ] && . ./c.sh; [ $i = 3 ] && . ./b.sh; echo $i; done
f() { for i in 1 2 3; do eval 'continue'; echo no; done; echo f; }; f
for i in 1 2 3; do (break; echo sub); echo $i; done
for i in 1 2; do echo $(break; echo sub); done
eval 'echo $((1/0)); echo no'; echo AA $?
eval 'echo ${x?}'; echo AB $?
