# userland: useradd and its family
# user: 1
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try useradd bob
try usermod -L root
try userdel user
try userdel bob
try groupadd g
try groupdel user
try groupdel nosuch
try groupmod -n x sudo
try gpasswd -a user sudo
