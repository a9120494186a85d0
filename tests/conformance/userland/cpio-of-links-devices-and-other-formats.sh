# userland: cpio: links, devices, -p, -0, crc, reset owners, wrong use
mkdir d; echo 1 > d/1; ln d/1 d/2; ln -s 1 d/s; mkfifo d/p; mknod d/c c 1 3; touch -d 2020-01-01 -h d/*; touch -d 2020-01-01 d; chmod 4755 d/1
find d | sort | cpio -o > a.cpio; find d | sort | cpio -o -H newc > n.cpio; cpio -t < n.cpio; cpio -tv < n.cpio | awk '{print $1, $2, $NF}'; mkdir x; cd x; cpio -id < ../n.cpio; cpio -idum < ../n.cpio; ls -l --time-style=+%F d | tail -3; cpio -i < ../n.cpio; echo $?; cpio -idv d/s < ../n.cpio; cd ..
mkdir y; find d | sort | cpio -pdm y; find y | sort; echo nosuch | cpio -o > e; echo $?; cpio; echo $?; cpio -i -o; echo $?; find d -print0 | sort -z | cpio -0oF f.cpio -H crc; cpio -tF f.cpio; cpio -i --to-stdout d/1 < n.cpio; cpio -o -H bogus < /dev/null; echo $?
cpio -it < /dev/null; echo $?; cpio -o -R user: -H newc <<< d/1 > o; cpio -tvn < o | awk '{print $1, $3, $4}'
