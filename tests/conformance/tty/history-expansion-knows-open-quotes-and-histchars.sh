# tty: ! in further lines of a command, in quotes that are open, in here-documents; histchars; backslashes
# tty: 1
cat > typed <<'END'
PS1='$ ' PS2='> '
HISTFILE= HISTCONTROL=
set -o history -o histexpand
echo first
echo "a
!!:1 b"
echo 'a
!! b'
cat <<E
!!
E
for i in 1
do echo !echo:0
done
for i in 1
do echo !nosuch
:
done
echo \\!!
echo \!!
histchars='@%'
echo @cat:0
%echo%printf
echo !! @nosuch
histchars=
echo @! !!
END
bash --norc -i < typed 2>&1
