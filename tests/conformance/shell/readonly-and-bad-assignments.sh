# shell: read-only variables, invalid names
readonly r=1; r=2; echo "status $?"
bash -c 'readonly r=1; r=2; echo unreached'; echo "status $?"
unset r; echo "status $?"
1x=5; echo "status $?"; export 2y=3; echo "status $?"
x = 5; echo "status $?"; declare -i n=5+5; n+=1; echo $n
echo ${bad-name} ${x y}
echo unreached
