# userland: sort --debug underlines keys, and warns of odd ones
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf 'b 2 x\na 10 y\nc  1 z\nA 3 w\n\tq\n' > f
t sort --debug f
t sort --debug -k2n f
t sort --debug -k2,2n f
t sort --debug -n f
t sort --debug -k1,1 -b f
t sort --debug -k2,2b -k1 f
t sort --debug -k2b,2 -s f
t sort --debug -r f
t sort --debug -rs f
t sort --debug -k1r f
t sort --debug -r -k1 f
t sort --debug -r -k1n f
t sort --debug -k 2,1 f
t sort --debug -M f
t sort --debug -u f
t sort --debug -t ' ' -k2,2 f
t sort --debug -t ' ' -k2g f
t sort --debug -k1.2,1.3 f
t sort --debug -h f
t sort --debug -V f
t sort --debug -f -k1,1 f
t sort --debug -b f
t sort --debug -bk2 f
t sort --debug -i -k1 f
t sort --debug -k2 -k3n f
t sort --debug -t. -k2n f
t sort --debug -t, -n f
t sort --debug -c f
t sort --debug -o x f
LC_ALL=C t sort --debug f
t sort --debug -g -k1,3 f
t sort --debug -d -k1n f
t sort --debug -s -b f
t sort --debug -k1,1n -n f
printf '가나 2\n다 1\n' | t sort --debug -k2
printf '1.5K\n-2\n3.\nabc\n0x1f\n' | t sort --debug -h
printf '1.5K\n-2\n3.\nabc\n0x1f\n' | t sort --debug -g
printf 'jan\n FEBx\nfoo\n' | t sort --debug -M
