# proc: chrt: policies, priorities, reset on fork, deadlines
chrt -m; chrt -p 1
for o in "-f 10" "-r 20" "-f 99" "-b 0" "-i 0" "-o 0"; do chrt $o cut -d' ' -f18,19,40,41 /proc/self/stat; done
chrt -f 100 true; chrt -f 0 true; chrt -o 5 true; chrt -f x true; echo $?
chrt -R -f 5 bash -c 'cut -d" " -f18,19,40,41 /proc/self/stat; chrt -p $$ | sed "s/pid [0-9]*/pid N/"; true'
chrt -d 0 true; echo $?
chrt -d -T 5000000 -D 10000000 -P 16666666 0 chrt -p 0 | sed 's/pid [0-9]*/pid N/'
chrt -d -T 5000000 -P 10000000 0 bash -c 'true; cat /dev/null; echo $?'
chrt -T 1000 -o 0 true; chrt -p; chrt -p 99999; chrt -f -p 10 99999; echo $?
su user -c 'chrt -f 10 true; chrt -b 0 true && chrt -i 0 true && echo ok; chrt -p 1; chrt -o -p 0 1'
