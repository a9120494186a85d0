# proc: oom_adj and oom_score_adj are one value, and how low others may go
cat /proc/self/{oom_score_adj,oom_adj}
for v in 1001 -1001 x ''; do echo "$v" > /proc/self/oom_score_adj; done
for v in -500 17 15 -17 -5 -18; do f=oom_adj; [ $v = -500 ] && f=oom_score_adj; echo $v > /proc/self/$f; done
bash -c 'for v in -500 700; do echo $v > /proc/$$/oom_score_adj; cat /proc/$$/oom_score_adj /proc/$$/oom_adj; done; for v in 17 15 -17 3; do echo $v > /proc/$$/oom_adj; cat /proc/$$/oom_adj /proc/$$/oom_score_adj; done'
choom -n 300 cat /proc/self/oom_score_adj; choom -n -400 -- su user -c 'echo -300 > /proc/self/oom_score_adj; cat /proc/self/oom_score_adj; echo $$ > /dev/null; bash -c "echo 0 > /proc/\$\$/oom_score_adj; echo -400 > /proc/\$\$/oom_score_adj; echo \$?; echo -401 > /proc/\$\$/oom_score_adj"'
