# shell: what of redirections, pipes and substitutions is left when there are few descriptors
touch a b
for n in 3 5 10 12; do echo "## $n"
bash -c 'ulimit -n '$n'; echo a > f; echo $?; while read x; do echo "r $x"; done < f; echo $?; { echo b; } 2> /dev/null; echo $?; echo *; cat < f; echo $?; x=$(echo c); echo "$x $?"; echo d | /bin/cat; echo $?' 2>&1 | grep -v libc
done
for n in 5 10 16; do bash -c 'ulimit -n '$n'; cat <(echo e); echo $?; read x < f; echo "$x"; exec 7<f; echo $?; : 2>&1; echo $?; . ./f; echo $?; (echo sub); cat <<< here; /bin/echo p > f; { cat f; } 2>&1; echo end'; done
sh -c 'ulimit -n 11; echo a > f; echo $?; while read x; do echo "r $x"; done < f; { echo b; } 2> /dev/null; cat < f; echo end'; sh -c 'ulimit -n 5; echo a > f; echo end' ; echo $?
mkdir -p d/e; (ulimit -n 5; find d)
