# ex -s: p, number, list, addresses, options
cd /tmp
printf 'one\ttab\ntwo\nthree\n' > f
printf '%s\n' '2p' '1,$p' '%nu' '1l' 'set number' 'p' '3' '.' '-' '/one/' 'q' | ex -s f; echo "status $?"
printf '%s\n' 'g/t/p' 'g/t/nu' 'g/zzz/p' | ex -s f; echo "status $?"
printf '%s\n' 'set list' '%p' 'q!' | ex -s f; echo "status $?"
