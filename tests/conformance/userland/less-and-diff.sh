# userland: diff's formats and statuses, cmp, less in a pipe
printf 'a\nb\nc\n' > x; printf 'a\nB\nc\nd\n' > y; diff x y; echo "status $?"
diff x x; echo "status $?"; diff -u x y | tail -n +3; diff -q x y; diff x nosuch; echo "status $?"
diff x; echo "status $?"; cmp x y; echo "status $?"; cmp -s x x; echo "status $?"; less x
more x < /dev/null | head -4; mkdir p q; echo 1 > p/f; echo 2 > q/f; touch q/g; diff -r p q
diff -y -W 20 x y
