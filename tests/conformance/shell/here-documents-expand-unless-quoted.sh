# shell: << <<- <<< with and without quotes
name=world
cat <<END
hello $name $((1+1)) $(echo sub) \$name
END
cat <<'END'
hello $name $((1+1)) \$name
END
cat <<-END
	tab stripped
	END
cat <<< "here string $name"; tr a-z A-Z <<< $name
while read a b; do echo "$b/$a"; done <<END
1 one
2 two
END
cat <<A; cat <<B
first
A
second
B
