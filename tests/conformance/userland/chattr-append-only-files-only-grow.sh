umask 022
echo one > log
chattr +a log
lsattr log
echo two >> log; echo $?
echo three > log
truncate -s 0 log
rm log
mv log old
ln log other
chmod 600 log
touch log; echo $?
touch -d 2020-01-01 log
dd if=/dev/zero of=log bs=1 count=1 conv=notrunc
cat log
echo four | tee -a log; tail -1 log
mkdir d
touch d/x
chattr +a d
touch d/y && ls d
rm d/x
mv d/x d/z
mv d/x .
lsattr -d d
chattr -a d log; rm -r d log; ls
