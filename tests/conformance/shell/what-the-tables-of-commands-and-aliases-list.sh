hash -r; hash -l; echo $?; hash ls; type ls; hash; hash -lt ls; hash -l
alias b=1 a=2 é=3 Z=4; alias
getopts -x; echo $?
mapfile '' < /dev/null; echo $?
read x 1y <<< 'a b'; echo $? $x
