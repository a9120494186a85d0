exec 2>&1
printf '1' | bash -c 'select i in a b; do echo "[$i] $REPLY"; done; echo $?'
printf '2\n1' | bash -c 'select i in a b; do echo "[$i] $REPLY"; done; echo $?'
echo 1 | bash -c 'select 1x in a; do :; done; echo $?'
echo 1 | bash -c 'readonly i; select i in a b; do echo no; done; echo $?'
