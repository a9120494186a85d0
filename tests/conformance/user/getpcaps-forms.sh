# user: getpcaps: forms of output, wrong pids
getpcaps 1; getpcaps --verbose 1; getpcaps --ugly 1; getpcaps --legacy 1; getpcaps --iab 1; getpcaps 99999; echo $?; getpcaps abc; echo $?; getpcaps --bad 1; echo $?; getpcaps --help >/dev/null; echo $?
capsh --inh=cap_chown --addamb=cap_chown --drop=cap_kill -- -c 'getpcaps --iab $$ | sed "s/^[0-9]*/P/"'
su user -c 'sleep 5 & getpcaps $! | sed "s/^[0-9]*/P/"; getpcaps 1; getpcaps --iab $! | sed "s/^[0-9]*/P/"'
