# shell: set -x shows conditions with their words as they are, and each negation
set -x
x='a b'; [[ $x == a* ]]; [[ -f /etc/passwd && ! -d x ]]; [[ ! a == b ]]; [[ '' ]]; [[ "a  b" < c ]]; [[ ab =~ ^a(b) ]]; [[ -z '' ]]; [[ ! ( a ) ]]; [[ 1 -eq 1 ]]
declare -A am=([k]=v ['a b']="c d"); am[j]='x y'
