# mount: bind,ro needs the right steps; remount,ro,bind leaves the original writable
mkdir a b; touch a/f; mount --bind -o ro a b; touch b/g; echo "status $?"; rm b/f; echo x > b/f
mkdir b/d; chmod 600 b/f; ln -s x b/l; mv b/f b/h; touch a/g; ls b; findmnt -no OPTIONS b; umount b
mount --bind a b; mount -o remount,ro,bind b; touch b/x; touch a/x; findmnt -no OPTIONS b
mount -o remount,rw,bind b; touch b/y; ls a; mount -o remount,bind,noexec b; cp /bin/true a; b/true
a/true; echo "status $?"
