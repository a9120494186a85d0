# shell: what ${!x} stands for, and how it fails
echo ${!undef-d}
echo "a ${!undef}"
declare -A A=([x]=y); echo "x=${!A[@]@a}"
echo "inv=${!A@a}"
echo "inv=${!A}."
a=(); echo "${!a}"; echo "${!a[@]-def}"
a=(x y z); echo "${!a[@]-def}"
echo "${!a[@]:1}"
x=v1; v1=value; b=(x); echo "${!b[@]:2}" "${!b[@]:-e}"
b=(v1); echo "${!b[@]:2}" "${!b[@]:-e}" "${!b[@]#v}" "${!b[@]@Q}" "${!b[*]/a/b}"
set -- p q; echo ${!#} ${!1} ; p=5; echo ${!1}; n=2; echo ${!n}
n='a[1]'; echo ${!n}; n='a[@]'; echo "${!n}" "${!n:1}"; n='a[$(echo 1)]'; echo "${!n}"; n='a["1"]'; echo "${!n}"
n='a[1"]'; echo "${!n}"
n='a b'; echo "${!n}"
n=''; echo "${!n}"
n=@; printf '<%s>' "${!n}"; n=*; printf '<%s>' "${!n}"; n='?'; echo ${!n}; n='!'; echo "${!n}"
echo "${!x@}" "${!v*}" ${!BASH_V*}
set -u; echo ${!zz}
echo ${zz@Q}; echo $?
set +u; set -u; (echo ${zz@a}); echo $?; (echo ${zz[@]}); echo $?; (echo ${zz[0]}); echo $?; (echo $((zz[0]))); echo $?; (echo ${#zz}); (echo ${#zz[@]}); (echo "$@" $*); (echo ${zz:-x}); (echo ${zz^}); (echo ${zz:1}); (echo ${zz/a/b}); (echo $1 $3); (echo ${!3}); (echo ${3:-$4}); (echo $!); (declare -a ea; echo "${ea[@]}" ${#ea[@]}; echo ${ea[0]}); (ea=(); echo "${ea[@]}"; echo $ea)
