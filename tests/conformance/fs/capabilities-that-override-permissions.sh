# fs: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_CHOWN, CAP_FSETID one by one
chmod 755 .
mkdir d; echo x > d/f; chown -R 1000:1000 d; chmod 700 d; chmod 600 d/f; cp /bin/true d/t; chmod 600 d/t
without() { echo "-- without $1"; setpriv --bounding-set -$1 --inh-caps -$1 bash -c "${@:2}"; }
only() { echo "-- only ${1:-none}"; setpriv --bounding-set -all${1:+,+$1} --inh-caps -all bash -c "${@:2}"; }
without dac_override 'cat d/f; echo y >> d/f; ls d; touch d/n; rm -f d/f; ./d/t'
without dac_override,-dac_read_search 'cat d/f; ls d; cd d'
only dac_read_search 'cat d/f; ls d; echo z >> d/f; touch d/n'
only dac_override 'cat d/f; echo z >> d/f; ./d/t; touch d/n; ls d; chmod 777 d/f; chown 0 d/f; mv d/n d/n2; rm d/n2'
only fowner 'chmod 640 d/f; touch -d @1 d/f; setfattr -n user.a -v 1 d/f; chown 0 d/f'
chmod 755 d; only fowner 'chmod 640 d/f; touch -d @1 d/f; stat -c "%a %Y" d/f'
only chown 'chown 1001:50 d/f; chmod 600 d/f; stat -c "%u %g" d/f'
only '' 'chown 0 d/f; chgrp 60 d/f; chmod 600 d/f; cat d/f; mknod n c 1 3; mount -t tmpfs t d; chroot / true; touch mine; chown 1 mine; chgrp 60 mine; chgrp 0 mine; chmod 4755 mine; stat -c %a mine'
only mknod 'mknod n c 1 3; stat -c %t:%T n'; chgrp 50 d/t; chmod 755 d/t; chown 0 d/t; only '' 'chmod 2755 d/t; stat -c %a d/t'; only fsetid 'chmod 2755 d/t; stat -c %a d/t'
grep Cap /proc/self/status | tail -3; only dac_override 'grep CapEff /proc/self/status'
