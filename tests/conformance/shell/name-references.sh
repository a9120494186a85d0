# shell: references to variables, elements, lists, themselves and nothing
typeset -n ref=b1; echo "[$ref]" "${!ref}"; ref=5; echo $b1
declare -n r2; declare -p r2; r2=foo; declare -p r2; r2=bar; echo $foo; declare -p r2
declare -n r3=r3; echo $?
declare -n r4=1x; echo $?
declare -n a1=a2; declare -n a2=a1; echo $?; echo "$a1"; a1=z; echo $?; declare -p a1 a2
set -- one two; ref='#'; typeset -n ref; echo $? "ref=$ref"
x5='1'; typeset -n x5; echo $?; echo "$x5"; declare -p x5
x6='$1'; typeset -n x6; echo $? "$x6"; x6=foo; declare -p x6
typeset -n e1='arr[2]'; arr=(0 1 2 3); echo $e1; e1=new; declare -p arr; echo "${e1}" "${#e1}" "${e1:1}"; unset e1; declare -p arr e1
typeset -n e2='arr[@]'; echo "$e2"; printf '<%s>' "$e2" "${e2}"; e2=(1 2); echo $?; declare -p arr
typeset -n e3='arr[0]'; e3[0]=foo; echo $?; declare -p arr
declare -A m=([k]=v); declare -n e4='m[k]' e5='m["k"]'; k=k; declare -n e6='m[$k]'; echo $e4 $e5 $e6; e6=w; declare -p m
typeset -n e7='arr[$(echo 1)+1]'; echo "$e7"
unset -n e7; declare -p e7; declare -n u; u=; echo $?; declare -p u; declare -n bad='a b'; echo $?; declare -n bb=a[1]b; echo $?
declare -n rr=tt; unset rr; declare -p rr; tt=5; unset rr; declare -p tt rr; declare +n rr; declare -p rr
declare -n p1=s1; for p1 in a b c; do declare -p p1; done
f() { local -n o=$1; o=(1 2 3); }; f outer; declare -p outer; f o; echo $?
declare -n q1=arr; echo ${q1[1]} ${!q1} ${#q1[@]}; declare -p q1; q1[7]=x; declare -p arr; export q1; declare -p arr
declare -n n1; echo "[${!n1}]" "[$n1]"; declare -rn ro=zz; ro=1; echo $zz; declare -n ro=yy; echo $?
declare -ni ni=x; echo $?; readonly -n q; declare -n arrn=(a b); echo $?; declare -na xxx; echo $?
[[ -R q1 ]]; echo $?; [[ -v n1 ]]; echo $?; test -R arr; echo $?
