# userland: id, its options, other users, errors
id; id -u; id -un; id -g; id -gn; id -G; id user; id -u user; id nobody; whoami
id nosuch; echo "status $?"; id -n; echo "status $?"; id -ug; whoami x; echo "status $?"; id -z
groups user; id root user; logname; echo "status $?"
