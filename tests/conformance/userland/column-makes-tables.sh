# userland: column -t, separators, names, right alignment, JSON; filling columns
printf 'a bb ccc\nlong 1 22\n' > f; column -t f; column -t -o ' | ' f; column -t -N X,Y,Z f; column -t -R 2 -N X,Y,Z f; column -J -N x,y,z f
column -t -s: /etc/group | head -2; printf '%s\n' one two three four five six | column -c 30; column -x -c 30 f; column nosuch; echo "status $?"
