# shell: exit in scripts, functions, subshells, sourced files; without an argument
f() { exit 3; }; (f; echo unreached); echo "status $?"
echo 'exit 6' > lib; (. ./lib; echo unreached); echo "status $?"; bash lib; echo "status $?"
(false; exit); echo "status $?"; (exit 256); echo "status $?"; (exit 1 2); echo "status $?"
$(exit 5); echo "status $?"; x=$(exit 4) ; echo "status $?"; (exit abc); echo "status $?"
trap 'echo trapped $?; exit 9' EXIT; false
