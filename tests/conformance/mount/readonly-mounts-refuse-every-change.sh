# mount: EROFS from each program that changes something on a read-only tmpfs; reading, chdir and exec go on
mkdir d; mount -t tmpfs t d; echo x > d/f; cp /bin/true d; mkdir d/s; mkfifo d/p; mount -o remount,ro d
echo y > d/f; echo y >> d/f; touch d/new; touch d/f; rm d/f; rm -rf d/s; mkdir d/n; rmdir d/s; mv d/f d/g
mv d/f .; ln d/f d/h; ln -s x d/l; chmod 600 d/f; chown 1 d/f; truncate -s 0 d/f; mkfifo d/q
setfattr -n trusted.x -v 1 d/f; cp d/f d/c; install d/f d/i
sed -i s/x/y/ d/f 2>&1 | sed 's,d/sed[^:]*,d/sedX,'; tar -xf /dev/null -C d
cat d/f; d/true; echo "status $?"; (cd d/s && pwd); [ -w d/f ] || echo "not writable"; (echo pipe > d/p &)
cat d/p; cp d/f copy; ls; dd if=/dev/zero of=d/f count=1 status=none
