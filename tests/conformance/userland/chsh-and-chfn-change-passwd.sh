# userland: chsh, chfn
try() { echo "\$ $*"; "$@" </dev/null; echo "[$?]"; }
show() { grep ^user: /etc/passwd; }
try chsh -s /bin/dash user; show
try chsh -s /bin/nosuch user; show
try chsh -s /etc/passwd user
try chsh -s nosuch user
try chsh nosuch
try chsh user
printf '/bin/bash\n' | chsh user; echo; show
printf '\n' | chsh user; echo; show
try chsh -s a:b user
try chsh a b
try chfn -f 'Full Name' -r 12 -w 555 -h 666 user; show
try chfn -o other user; show
try chfn -f a:b user
try chfn -r a,b user
try chfn -o a:b user
try chfn nosuch
printf 'New\n1\n2\n3\n4\n' | chfn user; echo; show
printf '\n\n\n\n\n' | chfn user; echo; show
try chfn a b
