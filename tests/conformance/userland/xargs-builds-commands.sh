# userland: xargs -n -I -0 -r -t -P -d -L, statuses 123 to 127
printf 'a b\nc\n' | xargs; printf 'a b\nc\n' | xargs -n1 echo
printf 'a b\nc\n' | xargs -I{} echo '<{}>'; printf 'a\0b c\0' | xargs -0 -n1
printf '' | xargs echo empty; printf '' | xargs -r echo empty; echo "'a b' c" | xargs -n1
printf 'a\nb\n' | xargs -t -n1 echo; seq 5 | xargs -n2; seq 3 | xargs -d '\n' echo
printf '1 2\n3\n' | xargs -L1 echo line
echo x | xargs false; echo "status $?"; echo x | xargs nosuch; echo "status $?"
echo x | xargs /tmp; echo "status $?"; echo x | xargs sh -c 'exit 255'; echo "status $?"
echo x | xargs sh -c 'kill -9 $$'; echo "status $?"; echo "it's" | xargs; echo "status $?"
echo x | xargs -Z; echo "status $?"; seq 3 | xargs -I N sh -c 'echo $((N*2))'; echo 1 | xargs -n x
