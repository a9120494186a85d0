# overlay: a line in /etc/fstab, mount by target, -a, noauto, and what is wrong with the line
mkdir l u w m; touch l/a
echo "overlay /root/m overlay noauto,lowerdir=/root/l,upperdir=/root/u,workdir=/root/w 0 0" >> /etc/fstab
mount -a -t overlay; findmnt m; mount m; echo "status $?"; ls m; findmnt -no SOURCE,OPTIONS m; mount m
echo "status $?"; findmnt -no OPTIONS m | wc -l; umount m; umount m; findmnt m
sed -i 's/noauto,//; s/root.l,/root\/nosuch,/' /etc/fstab; mount -a -t overlay; echo "status $?"
findmnt --fstab -t overlay -no TARGET,OPTIONS; findmnt --verify 2>&1 | tail -1
