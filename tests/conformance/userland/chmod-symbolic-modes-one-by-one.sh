# userland: chmod: each symbolic form on a file and on a directory with set-id bits
mkdir d; touch f; for m in u+s g=u o+t a=rwX +x -w =r u=rwx,go= u+rw-x o=g a-s ug=o,o= 0 07777 1000 00755 =755 +4000 -7 u=g=o u=r+w +X u+t,g+s o=u-w u=s g=x-s +rw,-x; do chmod 644 f; chmod $m f; echo "$m $? $(stat -c '%a %A' f)"; done
for m in u+s g=u o+t a=rwX +x -w =r 0 07777 755 00755 =755 -2000 00000 u=g g-s -s =; do chmod 2770 d; chmod -- $m d; echo "$m $? $(stat -c %a d)"; done
for m in bogus u+q 8 77777 '' , u u=rw,g u+r,+ a+ 0644,u+x u+x,0644 +; do chmod 640 f; chmod -- "$m" f; echo "$m $? $(stat -c %a f)"; done
chmod 456 d; chmod --reference=d f; stat -c %a f; chmod --reference=nosuch f; chmod --reference=d; chmod 644; chmod; chmod -f 644 nosuch; echo $?; umask 027; chmod 666 f; chmod -w f; echo $?; stat -c %a f; chmod +w f; stat -c %a f; chmod -v +rx f; umask 777; chmod 0 f; chmod +r f; stat -c %a f; chmod -R --preserve-root 755 /; echo $?; chmod -rwx f; chmod 600 d/ f/; echo $?
