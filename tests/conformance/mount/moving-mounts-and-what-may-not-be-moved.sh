# mount: --move of a mount, of its subtree, below itself, of no mount point, under a shared parent
mkdir p a b c; mount -t tmpfs p p; mount --make-private p; mkdir p/a p/b p/a/x; mount -t tmpfs t p/a
mkdir p/a/in; mount -t tmpfs u p/a/in; mount --move p/a p/b; echo "status $?"
findmnt -Rno TARGET p; ls p/a; mount --move p/b p/b/in; echo "status $?"; mount --move p/a p/b
echo "status $?"; mount --move nosuch p/a; echo "status $?"; mount --move p/b nosuch; echo "status $?"
touch f; mount --move p/b f; echo "status $?"; mount --move p a; echo "status $?"; mount -M p/b/in p/a
findmnt -Rno TARGET p; mount --move p/a; echo "status $?"; mount --move / p/a; echo "status $?"
mount --move p/b a; findmnt -Rno TARGET,PROPAGATION a
