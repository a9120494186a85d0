# fs: EISDIR and what else one cannot do with a directory
mkdir d; cat d; echo x > d; echo x >> d; cat < d; dd if=/dev/null of=d; dd if=d status=noxfer; dd if=d iflag=directory status=noxfer; cp /etc/hostname d; ls d; cp d e; ln d e; unlink d; rm d; truncate -s 0 d; tee d < /dev/null; mkfifo d; mknod d p; touch d/; > d/; head -c1 d; wc -c d; : <> d; exec 3<d; cat <&3; echo x >&3; read -u 3 a; echo $?
./d; /root/d; bash d; . d; .
dd if=/etc/hostname iflag=directory; dd if=/dev/null of=/tmp/new oflag=directory; ls /tmp
