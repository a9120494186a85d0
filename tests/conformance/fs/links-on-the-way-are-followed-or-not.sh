# fs: programs with -H, -L, -P and -h on links to files and directories
mkdir -p d/e; echo 1 > d/f; ln -s d ld; ln -s f d/lf; ln -s ../d d/e/up; ln -s nosuch d/dang
du -s ld | cut -f2; du -aD ld | cut -f2 | sort; du -aL d | cut -f2 | sort; find ld | sort; find -H ld | sort; find -L d 2>&1 | sort; cp -r ld c1; stat -c %F c1; cp -rH ld c2; ls c2; cp -rL d/lf c3; stat -c %F c3; cp -rL d c4; echo $?; tar cf t.tar ld; tar tvf t.tar | cut -c1; tar chf u.tar d; echo $?; tar tf u.tar | sort
touch -h -d 2001-01-01 ld; stat -c %.10y ld; chmod 700 ld; stat -c %a d; chown -h 5 ld; stat -c %u ld d; grep -r 1 ld; grep -r 1 d; grep -R 1 d 2>&1; rm -r ld; ls -d d; ls -RL d 2>&1 | head -20; getfattr -h ld; mv d/lf g; stat -c %F g; cat g
