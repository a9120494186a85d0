# userland: what people type between lessons: dpkg -s, which, whereis, type, command -v of the same program
which ls; which -a sh | head -1; type -t ls; command -v nosuch; echo "status $?"; which nosuch; echo "status $?"; whereis -b nosuch
dpkg -S /usr/bin/unshare; dpkg -s coreutils | head -2; dpkg -s nosuch 2>&1 | head -2; apt-get install -y nosuch 2>&1 | tail -1
