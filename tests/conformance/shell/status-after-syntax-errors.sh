# shell: status after errors in conditions and lists; keys of arrays
printf 'false\n[[ a b ]]\necho after\n' > f1; bash f1; echo "st $?"; bash < f1; echo "st $?"; bash -c 'false; eval "[[ a b ]]"; echo in $?'; bash -c '. ./f1; echo in $?'; bash -c 'false
[[ a b ]]'; echo $?
printf 'false\na=(1 ; 2)\necho after $?\n' > f2; bash f2; echo "st $?"; bash < f2; echo "st $?"; bash -c 'eval "a=(1 ; 2)"; echo in $?'; bash -c '. ./f2; echo in $?'
printf 'echo ${x y}\necho $?\n' > f3; bash f3; bash -c 'echo ${x y}; echo no'; echo $?; bash -c 'echo $(echo ${x y}); echo yes'; bash -c 'x=$(eval "if"); echo $x $?'
printf 'f() {\n  [[ a b ]]\n}\necho after\n' > f4; bash f4; echo $?
printf 'for ((i=0;i<1;i++) do :; done\necho after\n' > f5; bash f5; echo $?
cat <<< $(printf 'a\0b'); echo $'a\0b'; x=$'\x00abc'; echo "[$x]"
bash -c 'declare -A m=([a b]=1 [x]=2 [é]=4 ["q\"r"]=5 ["$d"]=6 [@]=7 ["*"]=8 []=9); declare -p m'
declare -A n; n[a b]=1; n["]"]=2; n['$x']=3; n[\*]=4; n[@]=5; declare -p n; echo "${n[a b]}" "${n["]"]}" ${n['$x']} "${n[\*]}" "${n[@]}" "${!n[@]}"; unset 'n[a b]'; unset n[@]; declare -p n
