cat <<E
a line \
joined \
E
E
cat <<EOF
split delimiter
E\
OF
x=$(cat <<E
in a substitution
E); echo "[$x]"
IFS=,; set -- 1 2; a=(3 4)
cat <<E
$* ${*} "$*" "${*}" ${a[*]} "${a[*]}" $@ ${*:1} ${*#1} ${!a[*]}
E
cat <<< $*; cat <<< "$*"
unset IFS
bash -c 'cat <<E <<F
1
E
2'
f() { read x <&${F[0]}; read y <&3; cat 2>&$z; }; declare -f f
