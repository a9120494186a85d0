# overlay: two colons before a lower layer are an empty name in Linux 6.1
mkdir l1 l2 d1 u w m
mount -t overlay overlay -o lowerdir=l1::d1,upperdir=u,workdir=w m; echo "status $?"
mount -t overlay overlay -o lowerdir=l1:l2::d1 m; echo "status $?"
mount -t overlay overlay -o lowerdir=l1::d1,metacopy=on m; echo "status $?"
mount -t overlay overlay -o lowerdir=:l1:l2 m; echo "status $?"
mount -t overlay overlay -o lowerdir=l1:l2: m; echo "status $?"
mount -t overlay overlay -o lowerdir+=l1,lowerdir+=l2 m; echo "status $?"
mount -t overlay overlay -o lowerdir=l1,datadir+=d1 m; echo "status $?"
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
