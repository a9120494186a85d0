# user: who owns what is made by redirection, tee, cp, mv, sudo and su
chmod 755 /root; mkdir /tmp/d; chmod 777 /tmp/d; cd /tmp/d; touch r
su user -c 'touch u; echo > u2; cp u u3; sudo touch s; echo | sudo tee t > /dev/null; cp r copy; mv u3 moved; sudo cp u su; sudo -u nobody touch n; ln r hard; ln -s r soft'
stat -c '%U:%G %a %n' *; cp u fromuser; cp -p u kept; mv u2 stays
stat -c '%U %n' fromuser kept stays; chown -R user:user .; stat -c '%U %n' r soft
stat -Lc '%U %n' soft
