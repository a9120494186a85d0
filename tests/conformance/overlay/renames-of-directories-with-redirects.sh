# overlay: directories move with redirect_dir=on, onto removed and empty ones too
mkdir -p l/d1 l/d2 l/d3 u w m; touch l/d2/f l/a l/b l/c; o() { mount -t overlay o -o redirect_dir=on,lowerdir=l,upperdir=u,workdir=w m; }
marks() { getfattr -R -d -m 'redirect|opaque' u | grep -v '^$'; find u -type c | sort; }
o; mv -T m/d1 m/d3; ls m; marks; mv -T m/d3 m/d2; rm m/d2/f; mv -T m/d3 m/d2; ls -R m; marks
mv m/a m/b; mv m/c m/a; mv m/b m/c; ls m; marks; umount m; o; ls m; mkdir m/e; mv -T m/e m/d2; ls m; marks
