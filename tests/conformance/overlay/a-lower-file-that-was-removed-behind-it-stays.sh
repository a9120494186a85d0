# overlay: what was looked up stays as it was, although the layers change under the mount
mkdir -p l u w m; for i in 1 2 3 4 5; do echo $i > l/$i; done; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
cat m/1 m/2 m/3; rm l/1; cat m/1; ls m; echo other > l/1; cat m/1; mv l/2 l/2b; cat m/2 m/2b; echo z >> m/2; cat m/2 l/2b
echo more >> l/3; cat m/3; rm m/3; ls m; cat m/4; echo up > u/4; cat m/4; echo up > u/5; cat m/5; rm u/5; cat m/5; rm m/5
echo "status $?"; ls m
