# user: umask with touch, mkdir, redirection, cp, mkdir -m, mkfifo, ln, in subshells and children
for u in 022 077 002 000 777; do umask $u; rm -rf f d; touch f; mkdir d; stat -c "$u %a %n" f d; done
umask 027; echo > r; mkfifo p; ln -s x l; mkdir -m 777 m; mkdir -p a/b
stat -c '%a %n' r p l m a a/b; umask 022; touch src; chmod 777 src; cp src c1; cp -p src c2
umask 077; cp src c3; stat -c '%a %n' c1 c2 c3; (umask 0; touch s); umask; bash -c umask
grep Umask /proc/self/status; umask g+w; umask; umask -S; umask u=rwx,g=rx; umask
