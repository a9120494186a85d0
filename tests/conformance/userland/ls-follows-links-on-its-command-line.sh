# userland: ls and links: loops, chains that are too long, -F -H -L, and an option without argument
mkdir d; touch d/f; ln -s d l; ln -s nosuch dang; ln -s loop loop
ln -s L1 L0; i=1; while [ $i -lt 45 ]; do ln -s L$((i + 1)) L$i; i=$((i + 1)); done; touch L45
ls L0; echo $?; ls -l L0 | wc -l; ls -L L0; ls loop; echo $?; ls -d loop; ls -l loop --time-style=+; ls dang; ls -L dang; echo $?
ls l; ls -l --time-style=+ l | cut -d' ' -f 5-; ls -Fd l d; ls -dF d; ls -F l; ls -H l; ls -lH --time-style=+ l; ls -pd d; ls -F=x; echo $?; ls --classify=never -d d; ls --classify=bogus; echo $?
chmod 600 L0; touch L0; cat L0; readlink -f L0; realpath L0; stat -L L0; test -e L0; echo $?; find -L L0; find -L loop; namei loop | tail -3; chmod 600 loop
