# overlay: chmod, chown and touch through a descriptor of an unlinked lower file find the whiteout in their way
mkdir l u w m; echo low > l/a; echo low > l/b; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
exec 3< m/a; rm m/a; chmod 600 /dev/fd/3; echo "status $?"; stat -Lc %a /dev/fd/3; chown 5 /dev/fd/3
echo "status $?"
echo x > m/a; chmod 600 /dev/fd/3; echo "status $?"; cat <&3; echo y > /dev/fd/3; echo "status $?"
exec 4<> m/b; rm m/b; chmod 600 /dev/fd/4; echo "status $?"; stat -Lc %a /dev/fd/4; cat /dev/fd/4; ls u
