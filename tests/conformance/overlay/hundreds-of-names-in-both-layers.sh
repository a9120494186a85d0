# overlay: many names, many whiteouts that are links of one
mkdir -p l u w m; (cd l; seq 1 500 | xargs touch); (cd u; seq 400 700 | xargs touch)
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; ls m | wc -l; rm m/1??; ls m | wc -l; ls u | wc -l
find u -type c | wc -l; (cd w/work; stat -c %h *); rm -f m/*; ls -A m | wc -l; find u | wc -l; seq 1 10 | (cd m; xargs touch)
ls m | tr '\n' ' '; rm -rf m/*; rmdir m 2>&1; umount m; mount -t overlay o -o lowerdir=u m
mount -t overlay o -o lowerdir=u:l m; ls m | wc -l
