# overlay: whiteouts in a directory that was never merged keep it from being removed
mkdir -p l/d u w m; touch l/d/x; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
mkdir m/new; mknod u/new/q c 0 0; ls m/new; rmdir m/new; echo "status $?"; find u -type c
mkdir u/d; mknod u/d/q c 0 0; ls m/d; rm m/d/x; rmdir m/d; echo "status $?"; find u -type c | sort
rm u/new/q; rmdir m/new; ls m
