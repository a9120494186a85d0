# overlay: which ways of opening bring a file to the upper layer
mkdir l u w m; for i in 1 2 3 4 5 6 7 8; do echo data$i > l/$i; done; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
exec 3<>m/1; ls u; exec 4>>m/2; ls u; exec 5<m/3; ls u; : 6>m/4; cat m/4; dd of=m/5 conv=notrunc if=/dev/null status=none; ls u
dd if=/dev/zero of=m/6 bs=1 count=2 conv=notrunc status=none; cat -v m/6; truncate -s 2 m/7; cat m/7; echo; test -w m/8; ls u
cp /dev/null m/8; ls -l u/8 | awk '{print $5}'; sed -i s/data/x/ m/3; cat m/3; cat <&5; flock m/1 echo locked; touch -c m/nope
set -C; echo q > m/2; set +C; cat m/2; tee -a m/5 <<< more
