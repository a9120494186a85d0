# overlay: a directory made under the old name of a moved one is opaque; the lower one renamed behind it
mkdir -p l/a/b/c l/x u w m; touch l/a/1 l/a/b/2 l/a/b/c/3 l/x/y; o() { mount -t overlay o -o redirect_dir=on,lowerdir=l,upperdir=u,workdir=w m; }
o; mv m/a m/A; mv m/A/b m/x/B; find m | sort; mkdir m/a; touch m/a/n; getfattr -d -m 'redirect|opaque' u/a u/A u/x/B
umount m; o; find m | sort; rm -r m/x; mv m/A m/x; ls m/x; mv m/x m/A; umount m; mv l/a l/zz; o; find m | sort
