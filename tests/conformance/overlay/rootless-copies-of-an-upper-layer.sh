# overlay: tar and cp of an upper layer as a user in a namespace of his own, with userxattr
# user: 1
mkdir l u w m; echo a > l/a; mkdir l/d; echo x > l/d/x
unshare -Urm sh -c '
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,userxattr m; rm m/a; rm -r m/d; mkdir m/d; echo n > m/d/n
ls -l --time-style=+ u; getfattr -R -d -m opaque u; stat -c "%n %F %u" m/d m
tar --xattrs --xattrs-include="*" -C u -cf up.tar .; tar tvf up.tar | awk "{print \$1, \$2, \$3, \$NF}" | sort -k4
mkdir o; tar --xattrs --xattrs-include="*" -C o -xf up.tar; echo $?; ls -l --time-style=+ o
cp -a u u2; echo $?; ls -l --time-style=+ u2; getfattr -R -d -m opaque u2; cp -r u u3; echo $?
tar -C u -cf v.tar .; echo $?; umount m; rm -rf u u2; ls'
