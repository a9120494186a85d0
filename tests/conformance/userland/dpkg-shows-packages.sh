# userland: dpkg, dpkg-query
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
try dpkg -l tree
try dpkg -l nosuch
try dpkg -l 'tre*' jq nosuch
try dpkg -l libc6
try dpkg -S /usr/bin/tree /bin/ls
try dpkg -S /usr/bin/ls
try dpkg -S nosuchfile
try dpkg -S bin/unshare
try dpkg -L nosuch
dpkg -L tree | head -n 4
dpkg -L util-linux | grep bin/unshare
dpkg -s tree | grep -E '^(Package|Status|Priority|Section|Installed-Size|Architecture|Version|Depends):'
dpkg -s bash | grep -E '^(Essential|Status|Version|Pre-Depends)'
try dpkg -s nosuch
try dpkg --get-selections tree
try dpkg --print-architecture
try dpkg-query -W tree nosuch
try dpkg-query -W -f '${Package} ${Version} ${Status} ${db:Status-Abbrev}|${Installed-Size;8}|${binary:Summary;-12}|\n' tree jq
try dpkg-query -W -f='${binary:Package}\n' libc6
COLUMNS=70 dpkg -l jq
try dpkg -p tree
