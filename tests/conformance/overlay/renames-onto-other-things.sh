# overlay: rename onto files, directories and whiteouts
mkdir -p l/d1/s l/d2 u w m; touch l/a l/b l/d1/x; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
mv -T m/a m/d1; mv -T m/d1 m/a; mv m/a m/b; ls m; find u -type c; mkdir m/n1 m/n2; touch m/n2/f; mv -T m/n1 m/n2; mv -T m/n2 m/n1
ls m m/n1; mv -T m/n1 m/d2; ls m; ls m/d2; mv -f m/d1/x m/y; mv m/y m/d1/x; find u -printf '%P %y\n' | sort
mv m/b m/b; mv m/d2 m/d2/in; mv m m2; mv m/. m/q; mv m/nope m/z
