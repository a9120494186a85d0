cd a b; echo $?
cd -x; echo $?
cd nosuch; echo $?
cd nosuch/..; echo $?
cd ""; echo $?; pwd
cd ''/; pwd
cd /etc/passwd; echo $?
HOME= ; cd; echo $?; pwd
unset HOME; cd; echo $?; cd ~; echo $?
HOME=/root
unset OLDPWD; cd -; echo $?
cd /tmp; cd -; cd -
mkdir -p a/b; ln -s a/b l; cd l; pwd; pwd -P; cd ..; pwd; cd -P l; pwd; cd -L ..; pwd; cd ..
CDPATH=/usr:/tmp; cd bin; cd nosuch2; cd ./root; cd /root; CDPATH=. ; cd a; cd ..; CDPATH=:/usr; cd a; cd /root
unset CDPATH
cd -e a; echo $?; cd -Pe ..; echo $?; cd -@ a; echo $?; cd /root
cd -P -L l; pwd; cd /root
x=/tmp; shopt -s cdable_vars; cd x; cd novar; echo $?; shopt -u cdable_vars; cd /root
