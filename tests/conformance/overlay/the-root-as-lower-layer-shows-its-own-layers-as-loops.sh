# overlay: the upper and the work directory below the lower layer cannot be entered
mkdir u w m; echo hi > f; mount -t overlay o -o lowerdir=/,upperdir=u,workdir=w m; echo "status $?"
ls m/root; ls -d m/root/u; cat m/root/u/x; cat m/root/f; cd m/root/w; ls m/root/m
find m/root -maxdepth 1 | sort
rm -r m/root/u; rmdir m/root/w; mv m/root/u m/root/x; touch m/root/u/a
