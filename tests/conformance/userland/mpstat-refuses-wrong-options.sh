# userland: mpstat: wrong options, lists and intervals; help and version
x() { echo "\$ mpstat $*"; mpstat "$@" 2>&1 | sed -n '1s/\t.*//; 1p'; echo "[${PIPESTATUS[0]}]"; }
mpstat -V; mpstat --help; for a in -Z --foo x -1 -H --dec=3 --dec= --dec -o -P -I -N --; do x $a; done
x -P 5; x -P x; x -P ON; x -P 1-0; x -P ALL,0; x -P ''; x -I foo; x -I sum; x -N 5; x -o XML; x -o json; x 1 x; x 1 -1; x 1 0; x 1 1 1; x 1.5; x 0 1
x -P 0; x -P 0-1; x -P all,1; x -uT; x -un; x 0; x --dec=1; x -I SUM,CPU
