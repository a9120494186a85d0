# userland: getopt(1) in scripts: quoting, long options, unknown ones, -T, -s, the old form
getopt -o ab:c:: -l alpha,beta: -n prog -- -a x -b 'y z' --beta=1 -c w; echo "status $?"; getopt -o a -- -z; echo "status $?"
getopt -o '' -l one,two -- --on x "it's" --; getopt -T; echo "status $?"; getopt ab: -a -b 1 rest; getopt -q -o a -- -z; echo "status $?"
getopt -o +ab -- -a x -b; getopt -u -o a -- -a 'x y'; getopt; echo "status $?"; getopt -s csh -o a: -- -a 'b!'
