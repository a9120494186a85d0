# userland: stat - every format and modifier
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
touch -d '2025-03-04 05:06:07.123456789' f; printf hello > f; touch -d '2025-03-04 05:06:07.123456789' f; chmod 4755 f; mkdir d; ln -s f l; mkfifo p; mknod n c 5 1; touch "we'ird"
t stat -c '%.3Y' f
t stat -c '%.0Y %.1Y %.9Y %.12Y %Y %.Y' f
t stat -c '%10Y|%-20Y|%020Y' f
t stat -c '%15.3Y|%-15.3Y|%015.3Y' f
t stat -c '%y' f
t stat -c '%10s|%-10s|%010s|%+s|% s|%#s' f
t stat -c '%#a %05a %#o' f
t stat -c "%'s" f
t stat -c '%q' f
t stat -c '%' f
t stat -c '%%' f
t stat -c '%5' f
t stat -c 'a\nb' f
t stat --printf '%n\n%s\t\x41\101\q' f
t stat --printf '%n\' f
t stat -c '' f
t stat -L -c '%n %F %N' l
t stat -c '%N' l "we'ird"
QUOTING_STYLE=c t stat -c '%N' l "we'ird"
QUOTING_STYLE=literal t stat -c '%N' l
t stat -t nosuch
t stat nosuch f -c %n
t stat

t stat -f -c '%a%b%c%d%f%i' /proc
t stat -f nosuch
t stat -c %Hd-%Ld-%Hr-%Lr n
t stat -c %r-%R n
t stat -c %d-%D n | wc -l
t stat - -c %F < /dev/null
t stat -f -
t stat --cached=never -c %s f
t stat -c
t stat -c %C f
t stat -c %m / /proc /dev/null
t stat -f -t /proc
