# shell: aliases, expand_aliases, type, command, builtin, hash
alias ll='ls -l'; ll /nosuch; alias ll
shopt -s expand_aliases
alias hi='echo hello'
hi you
unalias hi; hi; unalias nosuch; alias nosuch
type ll if echo ls nosuch f; f() { :; }; type f; type -t f if ls echo nosuch
command -v ls cd if ll; command -v nosuch; echo "status $?"; builtin nosuch
