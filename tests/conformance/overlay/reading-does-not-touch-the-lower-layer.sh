# overlay: reading a lower file through the overlay copies nothing up and leaves its access time alone
mkdir -p l/d u w m; echo a > l/a; touch -d '2020-01-01 UTC' l/a l/d
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
cat m/a > /dev/null; ls m/d; grep -r a m > /dev/null; ls -A u; stat -c '%x' m/a l/a l/d; wc -c m/a
tar -cf - m | wc -l > /dev/null
find m -newer l/a; ls -A u
