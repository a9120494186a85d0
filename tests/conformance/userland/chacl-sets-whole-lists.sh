umask 022
touch f
mkdir d
chacl u::rw-,g::r--,o::---,u:user:rwx,m::rwx f; echo $?
chacl -l f d
chacl -d u::rwx,g::rx,o::rx d
chacl -l d
chacl -b u::rwx,g::rx,o::- u::rwx,g::rwx,o::- d
chacl -l d
touch d/x
chacl -r u::rwx,g::rwx,o::- d
chacl -l d d/x
chacl -D d; chacl -l d
chacl -R f; ls -l f | cut -c1-11
chacl -B d; getfacl -c d
chacl u::rwx f; echo $?
chacl nonsense f; echo $?
chacl -l nofile; echo $?
chacl; echo $?
