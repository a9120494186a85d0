# userland: lsof and kill(1): wrong values and options that need others
for options in '-p x' '-p 1,y' '-i x' -x -a '-u nosuch' -y; do
  echo "== lsof $options"
  lsof $options 2>&1 | head -3
done
lsof -i
lsof -U | head -1
for options in -s '-s KILL' '-s FOO 1' '-64 99999' '-15 -- 99999' '-SIGKILL 99999' '-kill 99999' '-9 x'; do
  echo "== kill $options"
  /bin/kill $options 2>&1 | head -2
done
/bin/kill ''
