# userland: tar: no space, closed descriptors, compressed archives that end too early
mkdir m; mount -t tmpfs -o size=64k none m; head -c 100000 /dev/urandom > big
tar cf m/t.tar big; echo $?; stat -c %s m/t.tar; rm m/*
tar cf t.tar big; tar -C m -xf t.tar; echo $?; stat -c %s m/big; rm m/*
tar czf m/z.tgz big; echo $?; rm m/*
tar cf /dev/full big; echo $?; tar cf - big > /dev/full; echo $?; tar xOf t.tar big > /dev/full; echo $?; tar tf t.tar > /dev/full; echo $?
tar xf - <&-; echo $?; tar xf nosuch.tar; echo $?; tar xf .; echo $?; tar cf . big; echo $?; tar cf nodir/x big; echo $?
tar xzf t.tar; echo $?; gzip -k t.tar; head -c 500 t.tar.gz > s.gz; tar xzf s.gz; echo $?; head -c 300 t.tar > s.tar; tar tf s.tar; echo $?; tar xf /dev/null; echo $?
