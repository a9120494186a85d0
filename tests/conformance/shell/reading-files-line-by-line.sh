# shell: while read loops: whitespace, last line without newline, a command that eats the input
printf '  lead\ttab\nback\\slash\nlast' > f
while read l; do echo "[$l]"; done < f
while IFS= read -r l || [ -n "$l" ]; do echo "[$l]"; done < f
printf '1\n2\n3\n' > g; while read n; do echo "got $n"; cat; done < g
while read -u 3 n; do echo "fd $n"; done 3< g
n=0; while read _; do n=$((n+1)); done < g; echo $n; mapfile -t a < f; echo "${#a[@]} ${a[1]}"
while read k v; do printf '%s=%s;' $k "$v"; done <<< $'a 1\nb 2 3'; echo
