# userland: missing paths, unknown predicates, wrong arguments
find nosuch; echo "status $?"; find . -nosuch; echo "status $?"; find . -type z
find . -name; echo "status $?"; find . -exec echo; find . -maxdepth x; find . -size abc
mkdir -p d/e; find d -delete -name x; ls d; mkdir d; find -name '*.bashrc'; find . -user nosuch
find . -perm zzz; find . \( -name a; echo "status $?"; find . -name a b
find d nosuch -type d; echo "status $?"; find . -name .bashrc -exec nosuch {} \;; echo "status $?"
find . -name .bashrc -exec false {} \;; echo "status $?"
