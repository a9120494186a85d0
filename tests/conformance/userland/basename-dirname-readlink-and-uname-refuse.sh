# userland: basename, dirname, readlink, uname, groups, who, logname, tty, arch, hostid, whoami, printenv - corners
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
t basename /a/b/c.txt
t basename /a/b/c.txt .txt
t basename .txt .txt
t basename /
t basename //
t basename ''
t basename /a/b/
t basename -a /a/b c/d
t basename -s .c a.c b/c.c c.h
t basename -z a b
t basename -az a b | tr '\0' ,
t basename a b c
t basename
t basename -x
t basename -- -x
t basename -a
t basename a/ a
t basename aa a
t basename a.b. .
t dirname /a/b /a a a/b/ / // '' a//b ///a .
t dirname
t dirname -z a/b c | tr '\0' ,
t dirname -x
ln -s /etc/passwd l; ln -s nosuch d; ln -s loop loop; ln -s . dot; echo > f
t readlink l
t readlink d
t readlink f
t readlink -v f
t readlink nosuch
t readlink -v nosuch
t readlink -n l
t readlink -n l d
t readlink -nq l d
t readlink -f l d dot loop
t readlink -f nosuch/x
t readlink -fv nosuch/x loop
t readlink -e d
t readlink -ev d l
t readlink -m nosuch/x/../y
t readlink -z l | tr '\0' ,
t readlink -f f/
t readlink -fv f/
t readlink -f ''
t readlink -fv ''
t readlink
t readlink -x
t readlink l d f
t uname
t uname -s -n -m
t uname -o
t uname -p
t uname -i
t uname -pi
t uname x
t uname -x
t uname --machine --kernel-name
t arch
t arch x
t groups
t groups user
t groups root user
t groups nosuch user
t groups -x
t who
t who -q
t who nosuch
t who a b c
t who -x
t who am i
t who -H
t logname
t logname x
t tty
t tty -s
t tty x
t tty -x
t whoami x
t whoami -x
t hostid x
t printenv HOME
t printenv NOSUCH
t printenv HOME NOSUCH LANG
t printenv -0 HOME LANG | tr '\0' ,
t printenv HOME=x
t printenv -x
