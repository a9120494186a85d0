# overlay: mv of a lower file copies it up under the new name; onto another lower file; back again; exchange
mkdir l u w m; echo a > l/a; echo b > l/b; echo c > l/c
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; s() { stat -c '%F %n' u/*; ls m; }
mv m/a m/n; s; mv m/n m/a; s; mv m/a m/b; cat m/b; s; mkdir m/d; mv m/c m/d; stat -c '%F %n' u/c u/d/c
mv m/d m/e; echo "status $?"; cat m/e/c; mv -n m/b m/e/c; cat m/e/c; ls u
