# shell: a script hears of a killed job before the next line is read
cat > in.sh <<'X'
f() { "$@" > /dev/null & }
die() { for n in {1..3000}; do read -r l < /proc/$1/stat || return 0; [[ ${l##*) } = [ZX]* ]] && return; done 2> /dev/null; }
f sleep 100; kill -USR1 $!; die $!; echo same line
echo next line
sleep 101 & kill -9 $!; die $!
echo after | sed 's/after/told before/'
X
bash in.sh 2>&1 | sed 's/\(line [0-9]*\): *[0-9]* /\1: PID /'
bash -c 'sleep 102 & kill -HUP $!; for n in {1..2000}; do kill -0 $! || break; done 2> /dev/null
echo in a string' 2>&1 | sed 's/\(line [0-9]*\): *[0-9]* /\1: PID /'
