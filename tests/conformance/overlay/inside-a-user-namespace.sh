# overlay: a user in user and mount namespaces can mount it; whiteouts and xattrs there
# user: 1
mkdir l u w m; echo low > l/a; mkdir l/d; touch l/d/x
unshare -Urm bash -c '
	mount -t overlay overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w m; echo "status $?"
	ls m; rm m/a; echo new > m/b; rm -r m/d; mkdir m/d; ls m
	mount | grep -o "^overlay.*type overlay"; getfattr -n user.overlay.opaque u/d'
ls -l u | awk 'NR>1 {print $1, $3, $5, $6, $NF}'; ls m | wc -l; cat l/a
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"
