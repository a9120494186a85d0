# userland: cp: directories without -r, missing operands, same file, not a directory
mkdir d; echo x > a; touch b
cp d e; echo "status $?"; cp; echo "status $?"; cp a; echo "status $?"
cp nosuch x; echo "status $?"
cp a a; cp a b nosuchdir; cp a nosuch/x; cp a b a; cp -r d d; cp a d/; cp -r d a
cp -Y; echo "status $?"
cp /dev/null a; wc -c a; cp a /proc/x; cp a nosuch/
