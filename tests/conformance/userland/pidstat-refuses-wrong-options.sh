# userland: pidstat: wrong options, lists and intervals; help and version
x() { echo "\$ pidstat $*"; pidstat "$@" 2>&1 | sed -n '1s/\t.*//; 1p'; echo "[${PIPESTATUS[0]}]"; }
pidstat -V; pidstat --help; for a in -Z --foo x -1 --dec=3 --dec -p -T -C -G -e -uZ -o --; do x $a; done
x -p 0; x -p -1; x -p x; x -p 1,x; x -T x; x 1 x; x 1 0; x 1 2 3; x -o JSON; x -T CHILD -d -p 1; x -T CHILD -w; x -e; x 1.5
x -p 99999; x -p 1,2; x -U nobodyx; x -C '['; x 0; x -T CHILD -u -p 1
