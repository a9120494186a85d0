# lslocks, namei, look, mcookie, choom
h() { echo "### $*"; "$@"; echo "[$?]"; }
h lslocks; flock /tmp/lk sleep 9 & sleep 0.3; lslocks | sed 's/  *[0-9]\{4,\}/ PID/; s/  */ /g'
h lslocks -n -o COMMAND,TYPE,MODE,M,START,END,PATH; h lslocks -J -o COMMAND,PATH,M,START; lslocks -r | sed 's/ [0-9]\{4,\}/ PID/'; h lslocks -o foo; h lslocks -p abc; h lslocks -p 1
mkdir -p d/e; touch d/e/f; ln -s e/f d/l; ln -s nowhere d/m; ln -s /etc/../etc/hostname d/abs; ln -s loop loop
h namei d/l; h namei -l /root/d/l; h namei -m d/l; h namei -o d/l; h namei d/m; h namei nofile; h namei -x /proc; h namei -v d/l; h namei -n d/l; h namei; h namei -om /usr/bin/su; h namei d/abs; h namei d/../d/e; h namei -l d/m; h namei /dev/null d
printf 'apple\nbanana\ncherry\n' > w; h look ban w; h look -f BAN w; h look zzz w; h look -t a banxyz w; h look ban; h look; h look a nofile
mcookie | tr '0-9a-f' x; [ "$(mcookie)" = "$(mcookie)" ] || echo different; mcookie -f nofile | wc -c
sleep 50 & p=$!; h choom -n 100 -p $p | sed "s/$p/P/"; choom -p $p | sed -n "2s/$p/P/p"; h choom -n 5 -- cat /proc/self/oom_score_adj; h choom; h choom -n 9999 true; h choom -p abc; h choom -n x true; h choom true; h choom -n 1 nosuch
