# userland: what the applets of busybox say of files that are not there or are of the wrong kind
mkdir d; echo x > f
for command in 'cat nope' 'cat d' 'cp nope x' 'cp d x' 'cp f nope/x' 'mv nope x' 'mv f nope/x' 'rm nope' 'rm d' 'rmdir nope' \
  'mkdir d' 'mkdir a/b' 'touch nope/x' 'ln -s f f' 'ls nope' 'head nope' 'tail nope' 'sort nope' 'uniq nope' 'grep x nope' \
  'sed p nope' 'awk 1 nope' 'find nope' 'du nope' 'stat nope' 'chmod 1 nope' 'chmod u=z f' 'chgrp grp f' 'tar xf nope' \
  'tar cf x.tar nope' 'dd if=nope' 'md5sum nope' 'md5sum d' 'diff nope f' 'cmp nope f' 'tac nope' 'truncate -s x f' \
  'mktemp ab' 'mkfifo f' 'kill 99999' 'kill abc' 'kill -FOO 1' 'kill' 'killall nope' 'chroot nope' 'chroot / nope' \
  'nsenter -t 99999 -m' 'umount d' 'mount nope d' 'id nope' 'su nope' 'env nope' 'timeout 1 nope' 'setsid nope' 'expr 1 +' \
  'date -d nope' 'sysctl nope' 'unlink nope' 'link nope x' 'renice 5 99999' 'pivot_root a b'; do
  echo "== $command"
  busybox $command </dev/null; echo $?
done 2>&1
