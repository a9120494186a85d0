# mount: remount,ro is busy while a file is open for writing; then all writing fails
mkdir m; mount -t tmpfs t m; exec 3> m/open; mount -o remount,ro m; echo "status $?"; exec 3>&-
mount -o remount,ro m; echo "status $?"; exec 4< m/open; touch m/x; mkdir m/y; rm m/open
echo x > m/open; mv m/open m/z; chmod 600 m/open; ln m/open m/l; touch m/open; findmnt -no OPTIONS m
mount -o remount,rw m; touch m/x; ls m; mount -o remount,nosuch m; echo "status $?"
