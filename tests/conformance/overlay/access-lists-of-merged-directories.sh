# overlay: access lists of directories decide and are copied up
chmod 755 /root; mkdir -p l/d u w m; setfacl -m u:user:rwx,g::r l/d; setfacl -d -m g:user:rx l/d; touch l/d/low
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; su user -c 'touch /root/m/d/mine; ls /root/m/d'; getfacl -c u/d
getfacl -c m/d/mine; chmod g-w m/d; su user -c 'touch /root/m/d/no'; getfacl -c m/d; setfacl -x u:user m/d; getfacl -c u/d
cp -a m/d m/e; getfacl -c m/e | head -3; mv m/d/mine m/; getfacl -c m/mine; setfacl -b -R m/e
ls -ld m/e m/e/low | cut -c1-11; getfattr -d -m posix -e hex l/d u/d | cut -c1-60
