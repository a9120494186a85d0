# overlay: what copies up: writing, chmod, chown, touch, opening for writing; reading does not
mkdir -p l/dir/sub u w m; for f in read write chmod chown touch open rename; do echo $f > l/$f; done
echo deep > l/dir/sub/f; chmod 640 l/write
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
cat m/read; ls -l m > /dev/null; ls u; echo x >> m/write; chmod 600 m/chmod; chown user m/chown
touch m/touch; exec 3>> m/open; exec 3>&-; ls u; stat -c '%a %U %s %n' u/*; cat u/write
mv m/rename m/renamed; ls u; stat -c %F u/rename; cat l/rename; echo x > m/dir/sub/g
find u/dir | sort; stat -c '%n %h' u/dir/sub/g; ln m/read m/hard; stat -c %h m/read
ls u | grep -E 'hard|read'; chmod 700 m/dir; stat -c %a u/dir l/dir
