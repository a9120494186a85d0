# user: what uid 0 may do with mode 000, and what even root may not
echo text > f; chmod 000 f; cat f; echo more >> f; mkdir d; chmod 000 d; touch d/x; ls d
[ -r f ] && [ -w f ] && echo 'rw'; [ -x f ] || echo 'not x'; [ -x d ] && echo 'd is x'
./f; echo "status $?"; cp /bin/true t; chmod 000 t; ./t; echo "status $?"; chmod 001 t
./t; echo "status $?"; su user -c 'cat /root/f; ls /root'; chmod 755 /root
su user -c 'cat f; ls d; ./t; echo "status $?"'; rm -r d f; ls
