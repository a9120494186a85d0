# mount: unknown types, missing mount points, bad options, no privileges
mkdir d; touch f; mount -t nosuch x d; echo "status $?"; mount -t tmpfs x nosuch; echo "status $?"
mount -t tmpfs x f; echo "status $?"; mount d; echo "status $?"; mount x d; echo "status $?"
mount -t tmpfs; echo "status $?"; mount -t tmpfs -o nosuch x d; echo "status $?"
mount -t tmpfs -o size=abc x d
mount -t ext4 f d; echo "status $?"; mount /dev/nosuch d; echo "status $?"; mount /dev/null d
mount -Q; echo "status $?"; mount --bind nosuch d; echo "status $?"; mount --bind d f
mount --bind f d; mount -t proc d; mount a b c; echo "status $?"; mount --bind d; echo "status $?"
mount -o remount d; echo "status $?"; mount -t tmpfs x d/; mount -t tmpfs x d/nosuch/y
