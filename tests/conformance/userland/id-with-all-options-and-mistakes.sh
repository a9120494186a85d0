# userland: id - every option, several users, what it refuses
t() { echo "$ $*"; "$@"; echo "[$?]"; }
t id
t id -u
t id -g
t id -G
t id -un
t id -gn
t id -Gn
t id -ru
t id -rgn
t id user
t id -Gn user
t id -G root user
t id root user nobody
t id root nosuch user
t id 1000
t id +0
t id 99999
t id ''
t id -n
t id -r
t id -z
t id -zG user | tr '\0' ,
t id -zGn root user | tr '\0' ,
t id -ug
t id -uG
t id -Z
t id -a
t id --context
t id -uZ
t id --nosuch
t id -x
t id --user --name root nobody
