# userland: hostname's status 255, NIS domains; sysctl -h, -qp, wrong options; cp and mv to `file/`
t() { "$@"; echo "[$?]"; }
hostname -Z > /dev/null 2>&1; echo $?; hostname a b > /dev/null 2>&1; echo $?; t domainname; t nisdomainname; t ypdomainname
for a in -z --nosuch -h -d -n .; do sysctl $a > /dev/null 2>&1; echo "$a $?"; done; t sysctl .; printf 'kernel.hostname = zz\nbad line\nnosuch2=3\n' > f; t sysctl -qp f; hostname
mkdir d; echo b > d/x; t cp f d/x/; t cp f new/; t cp f nosuch/dir/; t mv f d/x/; t mv f new/; t cp f d/x/y; t mv f d/x/y; t cp -r d d/x/; t cp -T f d/x/
