# userland: unknown commands, unterminated s, missing files and scripts
seq 3 > f; sed; echo "status $?"; sed p nosuch; echo "status $?"; sed 's/a/b' f; echo "status $?"
sed k f; echo "status $?"; sed 's/\(/x/' f; sed '/x' f; sed 5p nosuch f; sed 's/a/b/x' f
sed -i s/1/2/ nosuch; echo "status $?"; sed --nosuch p f 2>&1 | head -1; sed '3,1p' f; sed '0p' f
sed 'a' f; sed '}' f; sed p /tmp; echo "status $?"
