# userland: mkdir -p -m -v, rmdir -p, and what they refuse
mkdir a; mkdir a; echo "status $?"; mkdir b/c; echo "status $?"; mkdir -p b/c/d
mkdir -p b/c/d; echo "status $?"
mkdir -v x y; mkdir -m 700 z; stat -c %a z; mkdir; echo "status $?"; touch f; mkdir f; mkdir f/g
mkdir -p f/g
rmdir b; echo "status $?"; rmdir nosuch f; echo "status $?"; rmdir -p b/c/d; ls -d b; rmdir -v x
rmdir; echo "status $?"
mkdir -Q; mkdir /proc/x; mkdir /sys/x; rmdir /proc/self; rmdir --ignore-fail-on-non-empty /; rmdir .
