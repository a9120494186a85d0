# chrt, pstree, prlimit, watch: options and messages
h() { echo "### $*"; "$@"; echo "[$?]"; }
h chrt -p abc; h chrt -r 10 true; h chrt -f 99 ps -o cls,rtprio,pri,comm -C ps; chrt -b 0 chrt -p 0 | sed 's/pid [0-9]*/pid P/'; chrt -i 0 ps -o cls,rtprio,comm -C ps; h chrt -f 100 true; h chrt -f x true; chrt -v -r 7 true | sed 's/pid [0-9]*/pid P/'
sleep 60 & p=$!; chrt -r -p 5 $p; chrt -p $p | sed 's/pid [0-9]*/pid P/'; chrt -o -p 0 $p; ps -o cls,rtprio -p $p; su user -c 'chrt -r 1 true' 2>&1 | sed 's/pid [0-9]*/pid P/'
h prlimit --nofile=1:2:3 true; h prlimit -u -n --noheadings -o RESOURCE,SOFT; h prlimit --core=unlimited --nofile=10:5 true; h watch -h; h watch -V
bash -c 'sleep 98; :' & sleep 0.3; h pstree -V; h pstree 99999; h pstree nosuch; h pstree -N foo; h pstree -N pid $$; h pstree -Z $$; h pstree -C age $$; h pstree -u $$; h pstree --foo 2>&1 | sed -n 1p
su user -c 'sleep 97' & sleep 0.3; pstree -u $$ | grep -o 'sleep(user)\|su---[a-z(]*'; h pstree -a $$; unshare -u sleep 96 & sleep 0.3; pstree -S $$ | grep -o 'sleep(uts)'
