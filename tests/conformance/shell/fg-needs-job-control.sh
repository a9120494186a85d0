# shell: fg and bg in a script without set -m
sleep 30 &
jobs; fg; echo "status $?"; bg %1; echo "status $?"
jobs -p | wc -l; kill %1; wait; echo "after $?"
