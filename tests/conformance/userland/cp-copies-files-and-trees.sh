# userland: cp file, into a directory, -r -a -p -v -n -u -i, links
echo one > a; cp a b; cat b; mkdir d; cp a b d; ls d; cp -v a d/c
cp -r d e; ls e; cp -rv d e | sort; ln -s a l; cp l copied; cp -a l kept
stat -c '%A %N' copied kept
chmod 600 a; cp a m1; cp -p a m2; stat -c '%a %n' m1 m2
echo new > b; cp -n a b; cat b; cp -rT d f; ls f; cp -l a hard; stat -c %h a
