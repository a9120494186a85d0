# overlay: files made, changed, renamed and removed on the upper layer under the mount
mkdir -p l/d u w m; echo a > l/a; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; ls m; echo new > u/n; cat m/n
echo more >> u/n; cat m/n; mv u/n u/n2; cat m/n; cat m/n2; rm m/n; rm m/n2; mkdir u/k; touch m/k/in; rm -r u/k; ls m/k
touch m/k/x; rmdir m/k; echo c >> m/a; rm u/a; cat m/a; echo d >> m/a; ls u; rm m/a; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; cat m/a; ls m
