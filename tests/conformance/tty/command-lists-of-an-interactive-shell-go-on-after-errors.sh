# tty: syntax errors, unset variables and failing built-ins do not end an interactive bash
# tty: 1
cat > typed <<'END'
PS1='$ '
echo a; )
echo b | | cat
echo ${x:?gone}; echo unreached
set -u
echo $undefined; echo unreached
cd /nosuch; echo c
readonly r=1
r=2; echo unreached
exec nosuch
echo alive
fg
logout
exit now
exit
END
bash --norc -i < typed; echo "status $?"
