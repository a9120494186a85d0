# overlay: files changed, added and removed in lower or upper under a mounted overlay, names already looked up or not
mkdir -p l/d u w m; echo a > l/a; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; cat m/a
echo A > l/a; cat m/a; echo n > l/new; cat m/new; touch l/d/x; ls m/d; echo up > u/direct; cat m/direct
mknod u/new c 0 0; ls m; echo mine >> m/a; echo later > l/a; cat m/a; umount m
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls m; cat m/a
