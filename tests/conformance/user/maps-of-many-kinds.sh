# user: what uid_map takes: lines, blanks, overlaps, ends of the range, other bases, 340 lines and no more
try() { unshare -U sleep 5 & sleep .15; printf "$1" >/proc/$!/uid_map; echo "$? $1"; cat /proc/$!/uid_map; kill $!; wait $! 2>/dev/null; }
try '0 0 1'; try ''; try '\n'; try '0 0 0'; try '0 0 1\n\n'; try '0 0 1\n5 5 1\n10 10 1\n15 15 1\n20 20 1\n25 25 1\n'
try '0 0 10\n5 20 10\n'; try '0 0 10\n20 5 10\n'; try '10 10 5\n0 0 5\n'; try '0 4294967295 1'; try '4294967295 0 1'; try '4294967294 0 1'
try '0 4294967290 10'; try '0 0 4294967295'; try '0 0 4294967296'; try '-1 0 1'; try 'a b c'; try '0 0'; try '0 0 1 2'; try '  0   0   1  '
try '0x10 0x20 0x5'; try '010 0 5'; try '0 0 1\n0 1 1\n'
for n in 340 341; do
  unshare -U sleep 5 & sleep .15; seq 1 $n | awk '{ print $1, $1, 1 }' >/tmp/m; cat /tmp/m >/proc/$!/uid_map; echo "$? $(wc -l </proc/$!/uid_map)"; kill $!
done
