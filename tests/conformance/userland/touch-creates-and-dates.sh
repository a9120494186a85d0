# userland: touch: create, -c, -d, -t, -r, -a -m; errors
touch a; ls a; touch -c nosuch; ls nosuch; touch -d '2024-02-29 13:14:15' a; stat -c %y a
touch -t 202301020304.05 a; stat -c %y a
touch -r a b; stat -c %y b; touch -m -d 2020-01-01 a; stat -c '%x|%y' a | cut -d. -f1
touch; echo "status $?"; touch nosuch/x; echo "status $?"
touch -d 'not a date' a; touch -d @0 a; stat -c %Y a; touch /proc/x; touch /etc
touch ''; echo "status $?"; ls -l a | cut -d' ' -f6-; touch -d '2025-12-31 23:00' a
ls -l a | cut -d' ' -f6-
