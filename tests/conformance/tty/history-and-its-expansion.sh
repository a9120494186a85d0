# tty: history, !!, !n, fc -l and HISTCONTROL of an interactive bash
# tty: 1
cat > typed <<'END'
PS1='$ '
HISTFILE= HISTCONTROL=ignoredups
set -o history -o histexpand
echo one
echo one
echo two
history
!!
!echo
echo !nosuch
echo '!!' "a!b"
history -c
history
fc -l
END
bash --norc -i < typed 2>&1
