# userland: messages of busybox's shell, from -c, a script, a script that is read by another, and standard input
b() { busybox sh -c "$1"; echo "=$?"; }
for text in nope ./nope 'cd nope' 'exec nope' '. nope' 'readonly a=1; a=2; echo x' 'echo ${x?}' 'echo ${x:?msg}' 'set -u; echo $x' \
  if fi 'echo $((1/0))' 'echo $((1+))' for '(' 'echo "abc' 'echo `abc' 'shift 3' 'return 3' 'local x' 'unset -z' 'export 1=2' 'set -z' \
  'set -o nope' 'trap x NOPE' 'umask 9' 'kill' 'wait x' 'fg' 'jobs -z' 'cat < nope' 'echo > nope/x' 'echo > /etc' 'echo hi >&9' \
  'test 1 -eq x' '[ 1' 'getopts' 'let x=1/0' 'printf' 'eval "("' 'alias nope' 'echo a;;' 'while true; done' 'exit abc' 'echo )'; do b "$text"; done
printf 'echo a\nif true\nthen echo b\nfi\nnope\ncd /nope\nfi\n' > s.sh
busybox sh s.sh; echo $?; busybox sh < s.sh; echo $?; busybox ash s.sh
echo '. ./s.sh' > u.sh; busybox sh u.sh; busybox sh nope.sh; echo $?; busybox sh -z; busybox sh -c; echo $?
busybox sh -c 'nope; cd nope' zork; ln -s /bin/busybox sh; ./sh -c 'nope; cd nope'
echo 'echo $0 $1; nope' | busybox sh -s a b; echo $?
