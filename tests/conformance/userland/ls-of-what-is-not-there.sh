# userland: ls: missing files, bad options, statuses 1 and 2, empty directory
mkdir empty; touch here
ls nosuch; echo "status $?"
ls here nosuch empty; echo "status $?"
ls -l empty; ls empty | wc -l
ls --nosuch; echo "status $?"
ls -y; echo "status $?"
ls here/inside; echo "status $?"
