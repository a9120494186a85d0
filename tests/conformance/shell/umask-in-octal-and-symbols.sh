umask; umask -S; umask -p; umask -pS; umask 022; umask u=rwx,g=,o=; umask; umask 9; echo $?; umask 1777; echo $?; umask u+z; echo $?; umask a-w; umask; umask -S 027; umask x=r; echo $?; umask u~r; echo $?; umask u=g; umask; umask g+; umask; umask -x; echo $?; umask 0022; umask +x; umask; umask u=rX; umask; umask 22 33; echo $?
umask 022
