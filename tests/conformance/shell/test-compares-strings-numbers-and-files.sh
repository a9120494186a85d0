# shell: [ ] and its wrong uses
touch f; ln -s f l; mkdir d; chmod 000 f
for e in '-e f' '-f d' '-d d' '-L l' '-s f' '-x d' '-e nosuch' 'a = a' 'a != a' '3 -lt 10' '-n ""' '-z ""'; do
	eval "[ $e ]" && echo "yes: $e" || echo "no:  $e"; done
[ a -eq 1 ]; echo "status $?"
[ 1 = 1; echo "status $?"
[ a b ]; echo "status $?"
[ ]; echo "status $?"
[ -x f -o -d d ] && echo either; [ ! -e nosuch -a -L l ] && echo all
