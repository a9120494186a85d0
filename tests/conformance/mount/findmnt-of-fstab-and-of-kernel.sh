# mount: findmnt -s, -k, -m, --fstab with tags, -D, --real, --pseudo, -S, -T, -M, -F, columns
mkdir d; echo '/dev/vdz /root/d ext4 noauto,ro 0 2' > t; findmnt -F t
findmnt -s -F t -o SOURCE,TARGET,FREQ,PASSNO; findmnt -F t -S /dev/vdz -no TARGET
findmnt -F t -O ro -no TARGET; findmnt -F t nosuch; echo "status $?"; mount -t tmpfs -o size=1m x d
touch d/f; findmnt -T d/f -no TARGET; findmnt -M d/f; echo "status $?"; findmnt -M d -no SOURCE
findmnt -S x -no TARGET; findmnt x -no TARGET; findmnt x d; findmnt nosuch d; echo "status $?"
findmnt -D -t tmpfs d; findmnt -no SIZE,AVAIL,USED,USE% d; findmnt --real -lno FSTYPE | sort -u
findmnt -P d; findmnt -J d; findmnt -no MAJ:MIN /proc/self/nosuch; findmnt -rno TARGET,OPTIONS d
findmnt -uno TARGET d; findmnt -fno TARGET; findmnt -yno TARGET d; findmnt -no ID,PARENT d | wc -w
