cat > /tmp/a.sh <<'X'
u=
echo "${u:-'}'}" "${u:-'a b'}" ${u:-'a b'}
x=a\'b
echo "${x%'b'}" "${x%\'b}" "${x#"a'"}" "${x/'b'/c}" "${x//"'"/-}"
echo "${u:-"a'b}c"d}" "${u:-`echo "'"`}" "${u:-$(echo "}")}" "${u:-'$x'}"
cat <<F
${u:-'}'} ${u:-"q"} ${u:-'$x'}
F
echo "${u:='}'}" "$u"
X
for sh in bash 'bash --posix' dash; do echo "== $sh"; $sh /tmp/a.sh 2>&1; done
echo "== don't"
printf '%s\n' 'u=' 'echo "${u:-don'"'"'t}"' 'echo next' > /tmp/b.sh
for sh in bash 'bash --posix' dash; do $sh /tmp/b.sh; echo "$?"; done 2>&1
printf '%s\n' 'u=' 'echo ${u:-don'"'"'t}' 'echo next' > /tmp/b.sh
for sh in bash 'bash --posix' dash; do $sh /tmp/b.sh; echo "$?"; done 2>&1
printf '%s\n' 'u=' 'cat <<F' '${u:-don'"'"'t}' 'F' 'echo $?' > /tmp/b.sh
for sh in bash 'bash --posix' dash; do $sh /tmp/b.sh; echo "$?"; done 2>&1
