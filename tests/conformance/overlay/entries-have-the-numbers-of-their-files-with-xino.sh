# overlay: with xino the numbers that a listing shows are those that stat shows
t=$(mktemp -d); mount -t tmpfs t $t; mkdir -p l/d u w m $t/l2; echo a > l/a; echo b > $t/l2/b; mkdir $t/l2/d; touch l/d/x $t/l2/d/y
for x in on off auto; do
	mount -t overlay o -o xino=$x,lowerdir=l:$t/l2,upperdir=u,workdir=w m; touch m/new
	for d in m m/d; do ls -i $d | while read i n; do [ $i = $(stat -c %i $d/$n) ] && echo "$d/$n same" || echo "$d/$n differs"; done; done
	umount m; rm -rf u w; mkdir u w
done
