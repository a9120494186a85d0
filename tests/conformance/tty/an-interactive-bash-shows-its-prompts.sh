# tty: bash -i with commands from a pipe: PS1, PS2, errors without a line number, the alias of ls
# tty: 1
cat > typed <<'END'
echo hi
nosuch
cd /tmp
false
echo $?
for i in 1 2
do echo $i
done
echo "open
quote"
PS1='\u@\H \W \! \$ '
cd
PS1='> ' PS2=': '
exit 3
END
bash -i < typed; echo "status $?"
