# overlay: modes and owners of lower files decide; root copies up what a user may write
chmod 755 /root; mkdir l u w m; echo secret > l/s; chmod 600 l/s; echo open > l/o; chmod 666 l/o
echo mine > l/m; chown user l/m; mkdir -m 777 l/d; touch l/d/x
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
su user -c 'cd m; cat s; echo x >> s; echo more >> o; cat o; chmod 600 o; chmod 640 m; rm m; rm d/x; touch d/y n; ls d'
ls u u/d; stat -c '%U %a %n' u/o u/m u/d u/d/y; stat -c '%F' u/d/x; cat l/o
