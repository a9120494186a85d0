# proc: ulimit -u of a user: bash tries four times more, then gives up with 254
# user: 1
ulimit -u 4; ulimit -u
sleep 100 & sleep 100 & sleep 100 &
ls
echo unreached
