# overlay: the upper directory is renamed and then removed under the mount
mkdir l u w m; touch l/a l/b; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; mv u u2; touch m/z; ls m u2
grep ' /root/m ' /proc/mounts; mkdir u; touch m/y; ls u u2; rm -rf u2; ls m; touch m/q; echo "status $?"; cat m/b; rm m/b
mkdir m/d; chmod 600 m/a; umount m; ls u
