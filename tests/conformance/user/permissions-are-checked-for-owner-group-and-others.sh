# user: rwx of files and directories as a user
# user: 1
echo text > f; chmod 200 f; cat f; echo "status $?"; echo more >> f; chmod 400 f; cat f
echo x >> f; echo "status $?"; mkdir d; touch d/f; chmod 600 d; ls d; cat d/f
cd d; echo "status $?"; chmod 100 d; ls d; cat d/f; echo "status $?"; touch d/g; chmod 500 d; ls d
touch d/g; rm d/f; rm -f d/f; mkdir d/h; mv d/f .; chmod 300 d; touch d/g; rm d/g; ls d; echo d/*
chmod 000 f; [ -r f ] || echo 'not readable'; [ -w f ] || echo 'not writable'; chmod 070 f; cat f
echo '#!/bin/sh
echo ran' > s; chmod 755 s; ./s; chmod 311 s; ./s; chmod 644 s; ./s; sh s
