# userland: adduser, deluser, newgrp, sg, runuser, login of an ordinary user
# user: 1
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try adduser bob
try addgroup g
try deluser user
try delgroup user
try sg user id
try sg user 'id -gn'
try sg sudo id
try sg nosuch id
try newgrp nosuch
try newgrp sudo
try runuser -u root id
try runuser root
try login
try su
try su nosuch
