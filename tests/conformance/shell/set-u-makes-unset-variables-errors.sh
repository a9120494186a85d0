# shell: nounset, and the expansions that are still allowed
set -u
echo "${x-default} ${x:-} $# $* [$@]"
(echo "$x"; echo unreached); echo "status $?"
(echo "$1"); echo "status $?"
(echo "${a[0]}"); echo "status $?"
(echo $((y+1))); echo "status $?"
echo $missing
echo unreached
