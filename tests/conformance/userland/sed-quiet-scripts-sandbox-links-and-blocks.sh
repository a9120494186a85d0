printf 'one\ntwo\n' > f
# A script that begins with #n prints nothing by itself, whatever follows in the line.
sed '#note
p' f
printf '#n\np' > s
sed -f s f
sed -e p -e '#n' f
# What p prints stands before or after what e does.
echo 'echo sub' | sed 's/sub/done/pe'
echo 'echo sub' | sed 's/sub/done/ep'
for s in 's/a/b/e' 'w x' 'r x' '1e ls' 's/a/b/w x' '  W x' e; do
  sed --sandbox "$s" f
  echo $?
done
sed --sandbox s/o/0/ f
printf 'p\n\n{p\n' > s
sed -f s f
printf '{\n{\np\n' > s
sed -e p -f s f
sed -e '{p' -e p f
printf 'p\ns/\\(/x/\n' > s
sed -f s f
sed 's/\(/x/;p' f
sed 'L' f
echo $?
sed -i p
echo $?
ln -s f link
sed -i s/one/1/ link
ls -l link | cut -c1
cat f link
ln -sf f link
sed -i --follow-symlinks s/one/2/ link
ls -l link | cut -c1
cat f
sed -i --follow-symlinks s/a/b/ nofile
ln -s loop loop
sed -i --follow-symlinks s/a/b/ loop
echo $?
sed --follow-symlinks -n 1p link
