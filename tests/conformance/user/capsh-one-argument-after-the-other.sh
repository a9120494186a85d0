# user: capsh: sets, ids, questions, wrong arguments
capsh --drop=cap_net_raw,chown --print | head -4; capsh --drop=all --print | head -3; capsh --drop=foo; capsh --caps= --current; capsh --caps=foo+e; capsh --inh= --current
capsh --inh=cap_chown --addamb=cap_chown --current; capsh --addamb=cap_chown; capsh --inh=cap_chown --addamb=cap_chown --delamb=all --current; capsh --iab='!cap_chown,^cap_setuid' --current; capsh --iab=foo; echo $?
for o in --has-p=cap_chown --has-i=cap_chown --has-a=cap_chown --has-b=cap_chown --has-no-new-privs --is-uid=5 --is-gid=0 --supports=foo --has-ambient; do capsh $o; echo $?; done
capsh --no-new-privs --has-no-new-privs && echo yes; capsh --user=nosuch; capsh --chroot=/nosuch; echo; capsh --chroot=/ -- -c pwd; capsh --shell=/bin/sh -- -c 'echo $0'; echo 'echo in' | capsh --; capsh -+ -c 'exit 3'; echo $?
capsh --forkfor=9 --killit=9; echo $?; capsh --killit=9; capsh --decode=3000; capsh --decode=zz; capsh --user=user -- -c 'id; echo $HOME; grep Cap /proc/self/status'; capsh --uid=1000 --current; capsh --keep=1 --uid=1000 --current
