# shell: indexed and associative arrays, slices, indices, append, unset
a=(one 'two three' four); echo "${#a[@]} ${a[1]} ${a[-1]} $a"
a+=(five); a[9]=ten; echo "${!a[@]}"; for x in "${a[@]}"; do echo "<$x>"; done
unset 'a[1]'; echo "${a[@]:1:2}" "${#a[@]}" "${#a[0]}"
declare -A m=([k]=v [two words]=w); m[x]=y; echo "${m[two words]} ${#m[@]}"
echo "${!m[@]}" | tr ' ' '\n' | sort | tr '\n' ' '; echo
read -ra w <<< "p q r"; echo "${w[2]}"; mapfile -t l < <(seq 3); echo "${l[*]}"
declare -p w; b=("${a[@]/o/0}"); echo "${b[0]}"
