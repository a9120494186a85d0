# tty: autocd, cdspell, PS0, PROMPT_COMMAND arrays, ignoreeof and IGNOREEOF, PS1 with backslashes
# tty: 1
mkdir -p dir1/sub dir2
cat > typed <<'END'
PS1='$ '
shopt -s autocd cdspell
dir1
cd subb
cd ../../dri2
cd nosuch
cd ..
shopt -u autocd
dir1
PS0='[\#] '
echo hi
:
PS0=
PROMPT_COMMAND=('echo one' 'echo two')
:
unset PROMPT_COMMAND
PS1='\\$HOME \$ \\\w> '
:
PS1='$ '
set -o ignoreeof
echo $IGNOREEOF
set +o ignoreeof
echo "[$IGNOREEOF]"
IGNOREEOF=2
shopt -o ignoreeof
END
bash --norc -i < typed 2>&1
