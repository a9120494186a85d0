# Nothing here gives files or processes a context that chcon and runcon could set.
echo a > f
chcon; echo $?
chcon -t type f; echo $?
chcon a:b:c:d f nope; echo $?
chcon --reference=f nope; echo $?
runcon -t type true; echo $?
runcon a:b:c:d; echo $?
ls -Z f
touch longer
ls -lZ
ls -l
ls -Z
ls -Zm
