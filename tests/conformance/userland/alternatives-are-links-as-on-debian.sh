# userland: /etc/alternatives - awk, editor, pager, vi and what else is a link there
for i in awk nawk editor ex pager pico rview vi view which; do readlink /usr/bin/$i /etc/alternatives/$i; done
which ex view nawk pico
echo 'a b' | nawk '{ print $2 }'
