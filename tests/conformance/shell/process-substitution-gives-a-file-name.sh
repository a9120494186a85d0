# shell: <( ) and >( )
cat <(echo one) <(echo two); echo <(:)
while read l; do n=$((n+1)); done < <(seq 4); echo "n is $n"
paste <(seq 3) <(seq 4 6); { echo to sub; } > >(tr a-z A-Z); wait $!; echo end
