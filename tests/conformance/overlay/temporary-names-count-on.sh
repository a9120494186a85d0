# overlay: the names of temporary files in the work directory count over all mounts of the machine
mkdir -p l/d/e u w m; touch l/a l/b l/d/x l/d/y l/d/e/z; ln -s q l/s
o() { mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w$1 m; }
o; ls -A w/work; rm m/a; ls -A w/work; rm m/b m/d/x; ls -A w/work; (cd w/work; stat -c %h *); umount m
o; rm m/d/y; ls -A w/work; rm -r m/d; ls w/work; chown -h 1 m/s; mkdir m/d; rm -r m/d; umount m
for i in 1 2 3 4 5 6; do o; umount m; done; rm -rf u w; mkdir u w; o ,index=on; rm m/a; ls -A w/work w/index
