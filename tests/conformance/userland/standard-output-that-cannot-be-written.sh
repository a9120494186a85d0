# userland: what programs say whose standard output is closed or full
echo hi > f
for c in 'cat f' 'head f' 'wc f' 'sort f' 'md5sum f' 'du f' 'ls' 'echo x' '/bin/echo x' 'date +%Y' 'expr 1' 'tty' 'env' 'find f' 'gzip -c f' 'sed p f' 'awk 1 f' 'bc' 'free' 'rev f' 'mount' 'findmnt -n /' 'namei f' 'col' 'colrm 1' 'ul f' 'file f' 'getfattr f' 'getfacl f' 'lsattr f' 'tree .' 'strings f' 'getent passwd root' 'getopt -o a -- -a' 'cp -v f g' 'chmod -v 600 f' 'tar tf t' 'xz -c f' 'cut -c1 f' 'seq 3' 'printenv HOME' 'grep h f'; do
tar cf t f; echo "== $c"; $c < f > /dev/full; echo $?; done 2>&1
for c in 'cat f' 'wc f' 'ls' 'date +%Y' 'rev f' 'mount' 'md5sum f' 'sed p f' 'tty' 'namei f' 'tree .' 'getfacl f'; do echo "== $c"; $c >&-; echo $?; done 2>&1
