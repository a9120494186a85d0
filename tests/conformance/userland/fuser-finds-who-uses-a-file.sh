# fuser: files, directories, mounts, killing, messages
h() { echo "### $*"; "$@" 2>&1 | sed 's/[0-9]\{4,\}/PPPP/g'; echo "[${PIPESTATUS[0]}]"; }
mkdir d; touch d/g; tail -f d/g & t=$!; sleep 0.2
h fuser d/g; h fuser -v d/g; h fuser -u d/g; h fuser -a d/nofile d/g; h fuser nofile; h fuser -s d/g; fuser d/g 2>/dev/null | tr -d ' 0-9'; echo
h fuser -k -TERM d/g; wait $t; h fuser d/g; h fuser -l; h fuser -V; h fuser 2>&1 | head -3; h fuser --foo 2>&1 | head -2
h fuser -M /root; h fuser -i -k /nofile; h fuser -n tcp 80; h fuser 80/tcp; h fuser -n foo 80 2>&1 | head -1; h fuser -FOO x; h fuser -av /etc/passwd; h fuser -w /etc/passwd
sleep 60 > d/g & sleep 0.2; h fuser -v d/g; h fuser -vw d/g; cd d; (exec sleep 61) & sleep 0.2; h fuser -v . | tail -2; cd ..
mount -t tmpfs t /mnt; cd /mnt; sleep 50 & disown; cd /; sleep 0.2; h fuser -m /mnt; h fuser -vm /mnt; h umount /mnt; h fuser -km /mnt; sleep 0.3; h fuser -v /mnt; umount /mnt && echo free
