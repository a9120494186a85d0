# userland: tar: names given twice and hard links become links, pipes and devices do not
touch f; ln f g; ln -s f s; ln s s2 -P; mkfifo p; ln p p2; mknod c c 1 3; ln c c2
tar cf a.tar f g; tar tvf a.tar | awk '{print $1, $6, $7, $8, $9}'
tar cf b.tar s s2 p p2 c c2; tar tvf b.tar | awk '{print $1, $6, $7, $8, $9}'
tar cf c.tar f f ./f; tar tvf c.tar | awk '{print $1, $6, $7, $8, $9}'; tar cf c.tar /etc/hostname /etc/hostname; tar tf c.tar
tar --hard-dereference -cf d.tar f g; tar tvf d.tar | cut -c1; tar -chf e.tar s f; tar tvf e.tar | awk '{print $1, $6, $7, $8, $9}'
tar cf h.tar f; tar rf h.tar f; tar tf h.tar; mkdir x; tar -C x -xvf b.tar; stat -c '%n %h' x/*
mkdir y; cp h.tar y; cd y; tar xf h.tar; tar xkf h.tar; echo $?; tar --skip-old-files -xvf h.tar; tar -U -xf h.tar; echo $?
mkdir -p d/e; tar cf d.tar d; tar -U -xf d.tar; echo $?; tar --recursive-unlink -xf d.tar; echo $?; tar --keep-newer-files -xf d.tar; echo $?
