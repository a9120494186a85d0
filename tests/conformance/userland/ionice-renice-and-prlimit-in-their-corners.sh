# userland: ionice, renice, prlimit: wrong and rare use
ionice -c 4 true; echo $?; ionice -t -c 7 true; echo $?; ionice -c 3 -n 2 true; ionice -c2 -n 1 -p 99999; echo $?
renice --relative 2 $$; echo $?; renice --priority 4 $$ | sed 's/^[0-9]*/N/'; renice x 1; renice 5; echo $?
prlimit --nofile=300:200 true; prlimit --nofile=unlimited true; prlimit --nproc=x true; prlimit --pid 99999; prlimit --pid abc; echo $?
prlimit -n nosuch; echo $?; prlimit --nofile=100:200 bash -c 'ulimit -n; ulimit -Hn'; prlimit --nofile=:300 bash -c 'ulimit -n; ulimit -Hn'
su user -c 'prlimit --nofile=1:1 --pid 1; prlimit --nofile=: true; prlimit --nofile=1:1000000000 true; echo $?'
