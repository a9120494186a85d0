# userland: ln -f makes the new link before the old name goes
echo 1 > a; echo 2 > b; ln -f a b; cat b; ln -sf x a; readlink a; ls
touch s; ln -sfv t s; ln -fv b s; stat -c %h b; ln -f b s; echo $?; ls
chattr +i b; ln -f a b; echo $?; ln -sf a b; echo $?; ln b c; echo $?; chattr -i b
su user -c 'ln -sf /x /etc/passwd; echo $?; ln -f /etc/hostname /etc/passwd; echo $?; cd /tmp; touch m; ln -sf m n; ln -sf o n; readlink n; ls'
mkdir -m 1777 st; touch st/r; chmod 755 .; su user -c 'cd /root/st; touch mine; ln -sf a r; echo $?; ln -f mine r; echo $?; mv mine r; echo $?; ls'
mkdir t; mount -t tmpfs -o nr_inodes=3 none t; touch t/1 t/2; ln -sf x t/1; echo $?; ls t; ln -sf x t/3; echo $?; umount t
echo n | ln -i b s; echo; echo y | ln -sib b s; echo; ls; ln -sf a a; echo $?; ln -f a a; echo $?; ln -f s s~; echo $?
