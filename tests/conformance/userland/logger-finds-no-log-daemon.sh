# userland: logger - priorities, files, tags, and no socket to write to
logger hello; echo $?
logger -t tag -s msg
logger -p user.err -t me msg; logger -p nosuch x; echo $?; logger -p local0.info -t t x
logger -i x
echo 'from stdin' | logger -t t; printf 'a\nb\n' | logger; logger -f /etc/hostname; logger -f nofile; echo $?
logger -Z; echo $?; logger -u /nosock x; echo $?
