# userland: run-parts - names, order, options, failures
run-parts; echo $?
mkdir d; run-parts d; echo $?
printf '#!/bin/sh\necho one $*\n' > d/10-one; printf '#!/bin/sh\necho two >&2; exit 3\n' > d/20two; printf '#!/bin/sh\necho bak\n' > d/30.bak; printf '#!/bin/sh\necho nonexec\n' > d/40-n; chmod +x d/10-one d/20two d/30.bak
run-parts d; echo $?
run-parts --test d; echo $?
run-parts --list d; run-parts -v d; echo $?; run-parts --report d; echo $?; run-parts -a x -a y d; run-parts --arg=x d; run-parts --exit-on-error d; echo $?; run-parts --reverse d; run-parts --regex '\.bak$' d; run-parts --lsbsysinit --list d; run-parts nodir; echo $?; run-parts d/10-one; echo $?; run-parts d d; echo $?; run-parts --foo d; echo $?; run-parts --regex '[' d; echo $?; run-parts --stdin d; run-parts -u 022 d; run-parts --new-session d; run-parts -- d; run-parts --list d
mkdir d/50-dir; ln -s nothing d/60-l; printf 'echo raw\n' > d/70-raw; chmod +x d/70-raw; run-parts d; echo $?; run-parts --test d
