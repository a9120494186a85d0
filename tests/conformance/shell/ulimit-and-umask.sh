# shell: limits and the file mode mask
ulimit -n; ulimit -n 50; ulimit -n; ulimit -Hn; ulimit -n 100; echo "status $?"; ulimit -c
ulimit -Z; ulimit -n abc
umask; umask -S; umask 077; touch f; mkdir d; stat -c '%a %n' f d; umask u=rwx,g=rx,o=; umask
umask 999; umask -p
