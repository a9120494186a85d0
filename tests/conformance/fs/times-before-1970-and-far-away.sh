# fs: the times that ext4 and tmpfs can keep
export TZ=UTC; t() { touch -d "$2" $1; stat -c '%Y %y' $1; }
t a '1969-12-31 23:59:59'; t a '1901-12-13 20:45:52'; t a '1901-12-13 20:45:51'; t a 1800-01-01; t a '2446-05-10 22:38:55'; t a '2446-05-10 22:38:55.5'; t a '2446-05-10 22:38:56'; t a 3000-01-01; t a '1969-12-31 23:59:59.5'; stat -c '%.Y %.3Y' a; t a @-1.25; stat -c '%.2Y' a; t a @-100000000000; t a @99999999999999; ls -l --time-style=full-iso a | cut -d' ' -f6-
mkdir m; mount -t tmpfs m m; for x in 1800-01-01 3000-01-01 @-1.25 @-100000000000 @99999999999999; do t m/a "$x"; done; umount m; touch -a -d 1800-01-01 b; stat -c %X b; touch -t 190001010000 b; stat -c %y b; find a -newermt 1900-01-01
