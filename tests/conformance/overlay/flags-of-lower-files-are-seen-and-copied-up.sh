# overlay: chattr flags of lower files
mkdir l u w m; for f in a b c; do echo $f > l/$f; done; chattr +i l/a; chattr +A l/b; chattr +d l/c
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; lsattr m/a m/b m/c
echo x >> m/a; rm m/a; chmod 600 m/a; ls u; chattr -i m/a; lsattr m/a u/a l/a; echo x >> m/a; cat m/a
touch m/b m/c; lsattr u/b u/c; chattr +A m/c; lsattr m/c u/c; lsattr -d m u; chattr +i m; touch m/new; chattr -i m
touch m/new; chattr +i u/new; echo hi > m/new; rm m/new; lsattr m/new; chattr -i u/new l/a; rm m/new
