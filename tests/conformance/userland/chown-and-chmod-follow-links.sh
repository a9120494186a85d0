# userland: chown and chmod -R with -H -L -P, what verbose says, numbers and names
touch a b; mkdir -p d/e; touch d/e/f; ln -s ../b d/lb; ln -s d dl; ln -s nosuch dang
chown -R user d; stat -c '%U %n' b d/lb; chown -RH games dl; stat -c '%U %n' b d d/lb dl; chown -RL user d; stat -c %U b; chown -RP root d; stat -c '%U %n' d/lb b; chown -Rh games d; stat -c '%U %n' d/lb b
chown -RP --dereference user d; echo $?; chown -v +5 a; chown -v 5:6 a; chown --from=games:6 -v user a; chown --from=root -v user a; chown --from=:root -v user a; chown nosuch: a; echo $?; chown 5: a; echo $?; chgrp -v 4294967295 a; echo $?; chown -v : a
chmod -v 644 dang; chmod -Rv 711 dl; chmod -R 755 dang; echo $?; stat -c '%a %n' d d/e/f; chmod -v 644 nosuch; chown -v root nosuch; chown root dang; echo $?
