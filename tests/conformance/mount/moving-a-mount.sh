# mount: mount --move, on private and on shared parents, into itself
unshare -m --propagation private bash -c '
	mkdir a b; mount -t tmpfs t a; touch a/f; mount --move a b; ls b; ls a | wc -l
	findmnt -no TARGET,SOURCE b; mkdir b/in; mount --move b b/in; mount --move nosuch a
	mount --move /etc a'
mkdir x y; mount -t tmpfs s x; mount --make-shared x; mkdir x/m y; mount -t tmpfs m x/m
mount --move x/m y; echo "status $?"; mount --make-private x; mount --move x/m y; echo "status $?"
findmnt -no SOURCE y
