cd /tmp
echo a[1 + 2]=x b[0]=y
declare a[ 1 ]=Y 2>&1 | cut -d: -f3-
a[1 + 2]=three; declare -p a
bash -c 'echo ${ echo hi;}'; echo $?
bash -c 'echo ${|REPLY=1}'; echo $?
dash -c 'exec 11>f; echo no'; echo $?
dash -c 'echo 10>f x; cat f; echo 2>f y; cat f'
bash -c 'echo 10>f x; cat f'
dash -c 'echo $[1+2] {a,b} $'"'a\\nb'"' a&>f; wait; x+=1; s=1 t=2; echo $s$t'; echo $?
busybox sh -c 'exec 11>f; echo hi >&11; cat f; echo $[1+2]'; echo $?
x=a/b/; echo ${x////c} ${x//\//-} ${x/#/c} ${x/%/c} "${x///}" ${x/b}
echo $((  $(echo $LINENO) )) {a,$(echo $LINENO)} "$(echo $LINENO)" `echo $LINENO`
cat <<F
$(echo $LINENO)
$((LINENO))
F
y=$(cat <<E
in a substitution
E) 2>/dev/null; echo "$y $LINENO"
