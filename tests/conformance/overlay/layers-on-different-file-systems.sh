# overlay: with layers on two file systems files show devices of their own; directories that of the overlay
mkdir l t m; mount -t tmpfs t t; mkdir t/u t/w l/d; echo a > l/a
mount -t overlay overlay -o lowerdir=l,upperdir=t/u,workdir=t/w m; echo "status $?"; touch m/new
eq() { [ "$1" = "$2" ] && echo same || echo different; }; d() { stat -c %d "$1"; }
eq $(d m) $(d m/d); eq $(d m) $(d m/a); eq $(d m/a) $(d l/a); eq $(d m/a) $(d m/new); eq $(d m/new) $(d t/u)
i=$(stat -c %i m/a); eq $i $(stat -c %i l/a); echo b >> m/a; eq $i $(stat -c %i m/a)
find m -xdev | sort; du -sx m | cut -f2; df m | awk 'NR==2 {print $1, $6}'; stat -f -c %T m
