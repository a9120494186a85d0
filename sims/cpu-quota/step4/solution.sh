sleep 1
pkill -x stress
until ! pgrep -x stress > /dev/null; do sleep 0.1; done
