# userland: a full tmpfs: messages of cp, echo, dd, mkdir, touch
mkdir t; mount -t tmpfs -o size=40k,nr_inodes=6 tiny t; head -c 100K /dev/zero > z
cp z t/a; echo "status $?"; stat -c %s t/a; echo more >> t/a; echo "status $?"
cat z > t/b; echo "status $?"; dd if=/dev/zero of=t/c bs=1k count=50 2>&1 | head -1; rm t/*
touch t/1 t/2 t/3 t/4 t/5 t/6; echo "status $?"; mkdir t/d; ls t | wc -l
