# userland: usermod
try() { echo "\$ $*"; "$@"; echo "[$?]"; }
useradd bob
try usermod nosuch
try usermod
try usermod bob
try usermod -a bob
try usermod -aG nosuch bob
try usermod -u 1000 bob
try usermod -u x bob
try usermod -l user bob
try usermod -l 'Bad Name' bob
try usermod -d nosuch bob
try usermod -c a:b bob
try usermod -e baddate bob
try usermod -g nosuch bob
try usermod -s nosuch bob
try usermod -s /bin/nosuch bob
try usermod -f x bob
try usermod -L -U bob
try usermod -m bob
try usermod -v 5-3 bob
try usermod -U bob
try usermod -d /home/b -m bob
try usermod -d /home/user -m user
useradd -m carl
try usermod -d /home/user -m carl
try usermod a b
try usermod --nosuch x
