# userland: ps: what it says to wrong lists, missing values, options that exclude each other
try() {
  echo "== ps $*"
  ps "$@" 2>&1 | grep -v '^$\|^Usage\|^ ps \[\|^ Try\|^  or\|^ *for additional\|^For more' | head -2
  echo "${PIPESTATUS[0]}"
}
for options in -p '-p 1,,2' '-p ,1' '-p 99999999999' -q '-q x' '-q 1 -u 0' '-q 1 --sort pid' '-q 1 f' -U -g '-g nosuch' -1 +1 q \
  --user --User --group --sid --tty --pid --ppid '--cols x' '--cols 0' '--cols=5x' '--rows x' --lines 'O x' 'u j' '-f u' '-o pid u' \
  '-L -T' -Vx --vers - '- p' -- -D W N '-Z -o pid' --nosuch '-o %q'; do
  try $options
done
try -p ''
