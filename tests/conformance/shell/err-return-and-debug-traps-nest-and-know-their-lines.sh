trap 'echo line=$LINENO' ERR
false
{ false
  true
} > /zz/x
echo A
while :; do break; done < /nonexist
echo B
if false; then :; fi < /nonexist
echo C
( exit 3 )
echo D
f() {
  true
  return 4
}
f
echo E
f || true
false | true
true | false
! true
[[ a = b ]]
(( 0 ))
for i in 1; do false; done
case x in x) false;; esac
x=$(false)
{ false; }
eval 'true
false'
command false
builtin false
false > /dev/null
nosuchcmd
/
echo F > /zz/y
set -E
f
( false )
echo "$(false; echo hi)"
{ false; echo async; } & wait
false & wait
set +E
trap - ERR
echo ===RETURN
profile() { echo "profile [$*] $FUNCNAME $?"; }
g() { echo g; return 5; }
trap 'profile x y' RETURN
g
echo "echo sourced; return 3" > s.sh
. ./s.sh
echo $?
set -T
g
echo $?
. ./s.sh
set +T
declare -ft g
g
trap - RETURN
h() { trap 'echo ret $?' RETURN; return 7; }
h
g
trap -p
trap - RETURN
echo ===DEBUG
trap 'echo "dbg $LINENO $BASH_COMMAND"' DEBUG
for ((i=0;i<1;i++)); do
 echo i=$i
done
for i in 1 2; do :; done
select x in a b; do break; done <<< 1
case x in
 y) ;;
 x) true;;
esac
[[ -n x ]]
(( 1+1 ))
x=5
a=(1 2)
declare b=3
if true; then echo y; fi
while false; do :; done
until true; do :; done
( echo sub )
{ echo grp; }
true | false | true
true &
wait
{ echo x; } | cat
g
. ./s.sh
true && false || true
! false
f() { :; }
x=$(echo hi)
[[ -f x ]] && echo n
coproc { :; }
wait
set -T
g
( echo sub )
x=$(echo hi)
. ./s.sh
set +T
trap - DEBUG
echo ===EXTDEBUG
shopt -s extdebug
trap '[[ $BASH_COMMAND != *skip* ]]' DEBUG
echo skip this
echo not
trap '[[ $BASH_COMMAND == *leave* ]] && (exit 2)' DEBUG
k() { echo in; echo leave; echo after; }
trap - DEBUG
shopt -u extdebug
k
echo end
