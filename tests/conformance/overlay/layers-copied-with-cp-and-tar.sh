# overlay: whiteouts and opaque marks in copies of a layer
mkdir -p l/d/e u w m; touch l/a l/d/b l/d/e/c; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; rm m/a; rm -r m/d/e
mkdir m/d/e; cp -a u u2; find u2 -printf '%P %y %m\n' | sort; getfattr -R -d -m overlay.opaque u2; umount m; mkdir w2
mount -t overlay o -o lowerdir=l,upperdir=u2,workdir=w2 m; find m | sort; umount m; cp -r u u3
ls -lR u3 | awk '{print $1,$NF}'; tar -cf u.tar -C u .; rm -rf u4; mkdir u4; tar -xf u.tar -C u4
find u4 -printf '%P %y\n' | sort; getfattr -R -d -m overlay.opaque u4; mount -t overlay o -o lowerdir=u4:l m; find m | sort
umount m; find u -type c -links +1 | wc -l; find u -type c | while read f; do echo "$(dirname $f)/.wh.$(basename $f)"
done | sort
