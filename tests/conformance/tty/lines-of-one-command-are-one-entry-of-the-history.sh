# tty: cmdhist joins the lines of a command: semicolons, newlines, comments, here-documents; lithist; without cmdhist
# tty: 1
cat > typed <<'END'
PS1='$ ' PS2='> '
HISTFILE= HISTCONTROL=
set -o history
f() {
echo 1

echo 2 # two
# three
echo 3
}
for i in 1 2
do
echo $i
done
case x in
x) echo x
;;
esac
cat <<E
a
b
E
echo 'one
two' \
three
a=(1
2)
echo $(
echo sub
)
if true; then :
else
:
fi
[[ a = a &&
b = b ]]
history
shopt -s lithist
while false
do :
done
shopt -u cmdhist
until true
do :
done
history | tail -n 9
END
bash --norc -i < typed 2>&1
