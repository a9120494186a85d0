# userland: xargs: status after a quote without its end, find -print0, odd names
mkdir m; touch 'm/a b' "m/c'd" $'m/e\nf' m/-g m/h
find m -type f | sort | xargs ls; echo $?; printf 'a b\nq\n'"c'd"'\n' | xargs echo; echo $?; printf "x'" | xargs false; echo $?
find m -type f -print0 | sort -z | xargs -0 ls -1; find m -type f -print0 | sort -z | xargs -0 -n1 basename -a --; find m -name h -print0 | xargs -0 -I{} echo '[{}]'
printf '1\n2\n3\n' | xargs -n1 sh -c 'exit $0'; echo $?; printf '1\n' | xargs sh -c 'exit 255'; echo $?; printf '1\n' | xargs nosuch; echo $?; printf '1\n' | xargs /etc; echo $?; xargs false < /dev/null; echo $?; xargs -r false < /dev/null; echo $?
