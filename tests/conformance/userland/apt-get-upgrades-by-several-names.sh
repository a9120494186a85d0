# userland: upgrade, full-upgrade and dist-upgrade when everything is up to date; an operation that is none
apt-get full-upgrade; echo "status $?"; apt-get auto-remove | tail -1; apt full-upgrade 2>/dev/null | tail -1; apt-get nosuch; echo "status $?"
