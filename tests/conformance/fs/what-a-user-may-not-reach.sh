# fs: EACCES for every component that may not be searched
# user: 1
mkdir -p d/e; echo x > d/e/f; chmod 600 d; cat d/e/f; ls d; ls d/e; cd d; stat d/e; touch d/new; rm d/e; mv d/e x; ln d/e/f y
chmod 100 d; cat d/e/f; ls d; cd d && ls e; cd ..; touch d/new; echo d/*; echo d/e/*
chmod 300 d; touch d/new; ls d; rm d/new; chmod 500 d; touch d/new; rm -f d/e/f; rmdir d/e; mv d/e d/g; ls d
chmod 700 d; chmod 0 d/e/f 2>/dev/null; touch d/h; chmod 0 d/h; cat d/h; echo y > d/h; chmod 222 d/h; cat d/h; echo y >> d/h; chmod 111 d/h; cat d/h; chmod 400 d/h; cat d/h; test -r d/h; echo $?; test -w d/h; echo $?; test -x d/h; echo $?
cat /etc/shadow; ls /root; touch /etc/x; rm /etc/passwd; echo z > /etc/hosts; mkdir /newdir; mv /etc/passwd .; ln /etc/shadow .; ln -s /etc/shadow s; cat s
