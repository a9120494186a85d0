umask 022
echo one > f
lsattr f
chattr +i f; echo $?
lsattr f
echo two > f
echo two >> f
rm -f f; echo $?
mv f g
ln f h
chmod 600 f
chown 1 f
touch f
truncate -s 5 f
setfattr -n user.a -v b f
setfacl -m u:user:r f
test -w f; echo $?
cat f
chattr -i f
echo new > f && cat f
mkdir d
touch d/x
chattr +i d
touch d/y
mkdir d/z
rm d/x
rmdir d
mv d e
echo inside > d/x; cat d/x
chattr -R +i d
lsattr -R d
lsattr -d d
rm -rf d
chattr -R -i d && rm -r d; ls
exec 3>> f
chattr +i f
echo late >&3
cat f
chattr -i f
