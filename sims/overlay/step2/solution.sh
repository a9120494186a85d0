cd /tmp/lab
echo "mine" > merged/new
echo "and mine" >> merged/change
