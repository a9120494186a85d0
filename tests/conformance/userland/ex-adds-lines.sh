# ex: append, insert, change, a file that is new
cd /tmp
printf '%s\n' a hello world . w q | ex -s new; echo "status $?"; cat new
printf '%s\n' 1i zero . '$a' last . 2c HELLO . wq | ex -s new; cat new
printf '%s\n' '1,2w part' 'w >>part' q | ex -s new; cat part
printf '%s\n' 'w part' q | ex -s new; echo "status $?"
printf '%s\n' 'w! part' q | ex -s new; cat part
printf 'no end' > f; printf '%s\n' 's/no/NO/' wq | ex -s f; od -c f
