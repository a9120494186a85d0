# userland: newgrp, sg
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try newgrp sudo
try newgrp nosuch
echo id | newgrp sudo
echo 'id -g; exit 3' | newgrp; echo $?
try sg sudo id
try sg sudo -c 'id -gn'
try sg
try sg nosuch id
try newgrp -x
gpasswd -a user audio
su user -c 'sg audio id; id'
su user -c 'echo "id -gn; id -G" | newgrp audio'
