# mount: -xdev, -mount, du -x, cp -x, rm --one-file-system, mv and ln across mounts
mkdir -p d/m e; touch d/f; mount -t tmpfs t d/m; touch d/m/in; find d -xdev | sort; find d -mount | sort
find d | sort; find d -fstype tmpfs | sort; du -ax d | cut -f2 | sort; cp -ax d e; find e | sort
ln d/m/in hard; echo "status $?"; mv d/m/in moved; ls moved d/m; cp -l moved d/m; ln -s /root/moved d/m/s
cat d/m/s; rm -r --one-file-system d; echo "status $?"; ls d; mountpoint d/m
tar --one-file-system -cf - d 2>/dev/null | tar -tf -; ls -i d | awk '{print $2}'
[ $(stat -c %d d) = $(stat -c %d d/m) ] || echo "other device"; stat -c '%m' d/m d/m/s d; grep -rl x d
chmod -R 700 d; stat -c %a d/m
