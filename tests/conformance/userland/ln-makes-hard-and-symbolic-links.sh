# userland: ln, ln -s -f -n -v, dangling links, loops, errors
echo x > f; ln f h; stat -c '%h %n' f h; ln -s f s; ln -s nosuch dangling
cat s dangling; echo "status $?"
ln -s f s; echo "status $?"; ln -sf h s; readlink s; ln -sv /etc/passwd .; ln -s loop loop; cat loop
stat -c %N loop
mkdir d; ln d hd; echo "status $?"; ln nosuch x; ln; echo "status $?"; ln -s f d; stat -c %N d/f
ln -s a b c; ln -sfn f d; ln f d; ls d; ln f /proc/x; ln f /dev/shm/x; rm f; cat h
