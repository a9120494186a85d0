pid=$(pgrep -n -x sleep)
nsenter -t $pid -m sh -c 'echo "hello yourself" > /tmp/secret/answer'
