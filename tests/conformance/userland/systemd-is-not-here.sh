# userland: systemctl and its family are not installed; service knows init scripts
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try systemctl status docker
try journalctl -u docker
try hostnamectl
try timedatectl
try loginctl
try systemd-run id
try shutdown now
try service
try service nosuch start
try service nosuch
try service --help
try service --version
sudo systemctl restart docker; echo $?
ps -p 1 -o comm= | grep -c systemd
ls -d /run/systemd/system
