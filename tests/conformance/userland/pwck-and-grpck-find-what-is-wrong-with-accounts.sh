# userland: pwck, grpck - bad lines, doubles, missing groups and homes, questions, sorting
pwck; echo $? 
pwck -r; echo $? 
pwck -q; echo $? 
grpck; echo $?
grpck -r; echo $?
cp /etc/passwd p; echo 'bad:x:5' >> p; echo 'root:x:0:0:dup:/root:/bin/sh' >> p; echo 'nohome:x:2000:2000::/nonexist:/bin/nosh' >> p; echo 'nogrp:x:abc:12::/:/bin/sh' >> p
pwck -r p /etc/shadow; echo $?
cp /etc/shadow s; pwck -r p s; echo $?
pwck p s </dev/null; echo $?
yes n | pwck p s; echo; echo $?
yes | pwck p s; echo; echo $?; tail -3 p
pwck -s p s; echo $?; head -3 p
pwck -x 2>&1 | head -1; echo $?
pwck nosuch; echo $?
cp /etc/group g; echo 'bad' >> g; echo 'g1:x:abc:' >> g; echo 'g2:x:3000:nouser,root' >> g; echo 'root:x:0:' >> g
grpck -r g /etc/gshadow; echo $?
cp /etc/gshadow gs; grpck -r g gs; echo $?
yes | grpck g gs; echo; echo $?; tail -3 g
grpck -s g gs; echo $?
su user -c "pwck -r; echo \$?"
