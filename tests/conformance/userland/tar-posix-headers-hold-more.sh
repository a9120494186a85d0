# userland: tar --posix: fractions of seconds, large numbers and long names in extended headers
touch -d '2020-01-02 03:04:05.25' f; mkdir d; touch "d/$(printf %0150d 7)"; touch -d 1960-05-05 old; chown 3000000:2999999 old
tar --posix -cf p.tar f old; head -c 512 p.tar | tr '\0' '\n' | grep -a Pax; tar --full-time -tvf p.tar; tar --numeric-owner -tvf p.tar
mkdir x; tar -C x -xf p.tar; stat -c '%y %u' x/f x/old
tar cf g.tar f old; tar --full-time -tvf g.tar; tar -C x -xf g.tar; stat -c '%y %u' x/f x/old
tar --format=ustar -cf u.tar f; tar tvf u.tar; tar --posix -cf l.tar d; tar tf l.tar | wc -c; tar --format=v7 -cf v.tar f; tar tf v.tar
tar --posix --mtime='2001-01-01 00:00:00.5' -cf m.tar f; tar --full-time -tvf m.tar; tar --format=bogus -cf x.tar f; echo $?
