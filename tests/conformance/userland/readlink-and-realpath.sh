# userland: readlink -f -e -m, realpath -s --relative-to, missing parts
mkdir -p d/e; echo > d/e/f; ln -s d/e l; ln -s nosuch dang; cd d; readlink ../l; readlink -f ../l/f
readlink e; echo "status $?"; readlink -f nosuch; readlink -f no/such; echo "status $?"
readlink -e nosuch; echo "status $?"; readlink -m no/such/../x; readlink ../dang
readlink -f ../dang; readlink -n ../l; echo
realpath .. e/../../l; realpath nosuch; echo "status $?"; realpath no/such; echo "status $?"
realpath -s ../l; realpath --relative-to=/root e; readlink; echo "status $?"; realpath
ln -s loop loop; realpath loop; readlink -f loop; readlink loop; readlink /proc/self/cwd /bin
