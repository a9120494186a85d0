# userland: top: wrong options and values, selections that exclude each other, processors side by side
say() { echo "== top $*"; top "$@" 2>&1 | head -2; echo "${PIPESTATUS[0]}"; }
for options in -foo -z --bad -d -n -u -o -p -E '-b -n 0' '-b -n x' '-d -1' '-b -d x' '-p x' '-u nosuch -b -n1' '-u root -U root -b' '-u root -p 1 -b -n 1' \
  '-o NOSUCH -b -n1' '-w x' '-w 9999' '-E x' '-e z' '-b -n1 extra' '-p 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 -b'; do
  say $options
done
top < /dev/null
top -b -1 -n1 -w 200 -p 1 | sed -n '3,4s/[0-9][0-9.]*/N/gp' | sed 's/  *N/ N/g; s/,N/, N/g'
vmstat 1 0 | wc -l
vmstat -h | head -3
watch -q x true
