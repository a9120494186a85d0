# shell: cd, cd -, OLDPWD, CDPATH, symlinks with -P and -L, errors
cd /nosuch; echo "status $?"; cd /etc/passwd; echo "status $?"; cd a b; echo "status $?"
mkdir real; ln -s real link; cd link; pwd; pwd -P; cd ..; pwd; cd -P link; pwd
cd -; cd /tmp; cd -; cd; pwd; unset OLDPWD; cd -; echo "status $?"
HOME=; cd; echo "status $?"; unset HOME; cd; echo "status $?"
cd ''; echo "status $?"; cd --bad; echo "status $?"
mkdir gone; cd gone; rmdir ../gone; pwd; ls; cd .; touch x; echo "status $?"
