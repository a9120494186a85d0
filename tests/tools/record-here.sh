#!/bin/bash
# Records cases on the machine it runs on, which must be a Linux virtual machine to throw away: cases mount, kill and
# rename as root. Called as `record-here.sh run [--jobs N] [--quiet] --out DIR [--cgroup v1|v2] [--user] [--tty] CASE.sh...`;
# writes DIR/CASE.out: what was printed, then `[exit N]`.
if [ "$THROW_AWAY" != yes ]; then
  echo "This runs cases as root on this very machine. On a virtual machine to throw away, say THROW_AWAY=yes." >&2
  exit 2
fi
shift
home=/root
while [[ $1 == --* ]]; do
  case $1 in
    --out) out=$2; shift ;;
    --jobs) shift ;;
    --cgroup) [ "$(stat -fc %T /sys/fs/cgroup)" = "$([ "$2" = v1 ] && echo tmpfs || echo cgroup2fs)" ] || { echo "this machine has no cgroup $2" >&2; exit 2; }; shift ;;
    --user) user=1; home=/home/user ;;
    --tty) tty=1 ;;
  esac
  shift
done
for file; do
  name=${file##*/}
  cp "$file" "$home/$name"
  run="cd $home && exec bash $name"
  [ "$user" ] && run="exec su user -c '$run'"
  if [ "$tty" ]; then
    script -qec "$run" /dev/null < /dev/null | tr -d '\r'
    status=${PIPESTATUS[0]}
  else
    bash -c "$run" < /dev/null 2>&1
    status=$?
  fi > "$out/${name%.sh}.out"
  rm -f "$home/$name"
  [ -s "$out/${name%.sh}.out" ] && [ "$(tail -c 1 "$out/${name%.sh}.out" | wc -l)" = 0 ] && echo >> "$out/${name%.sh}.out"
  echo "[exit $status]" >> "$out/${name%.sh}.out"
done
