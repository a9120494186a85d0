# overlay: the xattrs that an overlay keeps on its upper layer, and that none shows through it
mkdir -p l/d u w m; touch l/d/x l/f; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
touch m/d/new m/f m/plain; mkdir m/sub; rm -r m/d; mkdir m/d; touch m/d/again
for f in . d f plain sub d/again
do echo "$f: $(getfattr -m trusted.overlay u/$f | grep -v ^# | tr '\n' ' ')"; done; getfattr -Rm - m
