# The string of -c has no "main"; PS4 of the environment is not root's.
bash -c 'f() { echo "${FUNCNAME[@]}|${BASH_LINENO[@]}|${BASH_SOURCE[@]}"; caller 0; }; f; echo "${FUNCNAME[@]}|${BASH_LINENO[@]}"'
echo 'f() { echo "${FUNCNAME[@]}|${BASH_LINENO[@]}|${BASH_SOURCE[@]}"; caller 0; }; f' > s; bash s; bash < s; bash -c '. ./s'
PS4='x ' bash -xc ':'; su user -c "PS4='x ' bash -xc ':'"
shopt -so nope; echo $?; shopt -o nope; echo $?
ulimit -f 1; yes | head -c 9000 > big; echo $?
