# userland: timeout, nice, nohup, stdbuf - statuses and what they refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t timeout 5 true
t timeout 5 false
t timeout 0.1 sleep 5
t timeout -s KILL 0.1 sleep 5
t timeout --preserve-status 0.1 sleep 5
t timeout -v 0.1 sleep 5
t timeout -v -s INT 0.1 sleep 5
t timeout --foreground 0.1 sleep 5
t timeout 0 true
t timeout x true
t timeout -s NOSUCH 1 true
t timeout -k x 1 true
t timeout 1
t timeout
t timeout 1 nosuch
t timeout 1 /etc/passwd
t timeout 1 /etc
t timeout -1 true
t timeout 1y true
t timeout 1.5m true
t timeout 1e-1 sleep 5
t timeout --nosuch 1 true
t sh -c 'timeout 5 sh -c "kill -KILL \$\$"; echo $?'
t sh -c 'timeout 5 sh -c "kill -USR1 \$\$"; echo $?'
t nice
t nice nice
t nice -n 5 nice
t nice -5 nice
t nice --5 nice
t nice -n -5 nice
t nice --adjustment=19 nice
t nice -n 100 nice
t nice -n x nice
t nice -n 5
t nice -n
t nice nosuch
t nice /etc/passwd
t nice -x true
t nice -n 3 nice -n 4 nice
t nice -1 -n 2 nice
t nohup echo hi
t nohup nosuch
t nohup /etc/passwd
t nohup
t nohup --nosuch
t nohup -x
POSIXLY_CORRECT=1 nohup nosuch; echo $?
t stdbuf -oL echo a
t stdbuf -o0 -e0 -i0 echo a
t stdbuf -o 1K env printf 'x\n'
t stdbuf echo a
t stdbuf -iL echo a
t stdbuf -oX echo a
t stdbuf -o
t stdbuf -oL
t stdbuf
t stdbuf -oL nosuch
t stdbuf -oL /etc/passwd
t stdbuf -o -1 true
t stdbuf -oLx true
t stdbuf -x true
stdbuf -oL -e0 -i 1M env | grep _STDBUF
