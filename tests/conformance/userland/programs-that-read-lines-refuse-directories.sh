# userland: programs that read lines refuse directories
mkdir d; for p in cat head tail wc sort uniq cut nl tac od md5sum cksum sum base64 fold fmt expand unexpand paste comm tsort split tee factor b2sum tr; do echo "== $p"; case $p in tr) $p a b < d;; comm) $p d d;; tee) $p d < /dev/null;; factor) $p < d;; cut) $p -c1 d;; *) $p d;; esac; echo "[$?]"; done 2>&1
