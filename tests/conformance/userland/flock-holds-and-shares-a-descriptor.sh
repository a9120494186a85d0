# userland: locks of a shell's descriptor: shared, exclusive, upgraded, inherited, given up
exec 9>g; flock 9; echo $?; flock -n g echo no; echo $?; flock -n -E 7 g echo no; echo $?; flock -w 0.2 g echo no; echo $?; flock -w 0.1 -E 0 g echo no; echo $?
flock -u 9; flock -n g echo yes; flock -s 9; flock -s -n g echo shared; flock -n g echo no; echo $?; flock -xn 9; echo $?
sh -c 'flock -n g true; echo $?; flock -n 9; echo $?'; exec 8<&9; exec 9>&-; flock -n g true; echo $?; exec 8>&-; flock -n g true; echo $?
flock --verbose g -c true | sed 's/[0-9.]* seconds/N seconds/'; flock -n g -c 'flock -n --verbose g true; echo $?'; flock --wait=0.1 g -c 'flock --timeout 0.1 --verbose g true; echo $?'
flock -o g -c 'ls -l /proc/self/fd | grep -c /g$'; flock g -c 'ls -l /proc/self/fd | grep -c /g$'; flock --no-fork g sh -c 'ls -l /proc/self/fd | grep -c /g$'
# An upgrade that fails has given up what was there.
exec 8>l; flock -s 8; (exec 9>l; flock -s 9; sleep 3) & sleep 1; flock -n -x 8; echo $?; grep -c FLOCK /proc/locks
