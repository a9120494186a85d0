# overlay: mv, cp and ln across its border
mkdir -p l/d/e u w m out; echo a > l/a; echo b > l/d/b; ln -s b l/d/s; mkfifo l/d/p
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; mv m/a out/; ls m out; mv out/a m/d/; cat m/d/a; cp -a m/d out/
ls -l out/d | awk '{print $1,$NF}'; mv out/d m/d2; ls m/d2 m/d2/e; mv m/d m/d3; ls m m/d3; find u | sort; ln m/d3/b out/hard
ln out/d x 2>&1; cp -l m/d3/b m/hl; stat -c %h m/hl; install -D m/hl m/n/e/w; cp --reflink=auto m/hl m/r; cp -u m/hl m/r
cp -n l/a m/r 2>&1; mv -v m/r m/rr; mv -b m/hl m/rr; ls m; cp -s /root/m/rr m/sym; readlink m/sym; cp -r m m/self 2>&1
ls m/self | head -3; rm -rv m/self m/n | sort
