# overlay: link counts of merged, removed and remade directories
mkdir -p l/a/b l/a/c u/a/d w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; stat -c '%n %h' m m/a m/a/b m/a/d
rmdir m/a/b; stat -c '%n %h' m/a u/a; find m -type d | sort; find m -empty | sort; rmdir m/a/c m/a/d m/a
find u -printf '%P %y %n\n'; mkdir m/a; stat -c '%n %h' m/a u/a; mkdir m/a/b; stat -c %h m/a u/a
ls -la m | awk 'NR>1{print $2,$NF}'
