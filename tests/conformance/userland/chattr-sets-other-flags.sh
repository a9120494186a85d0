umask 022
touch f
mkdir d
chattr +A f; lsattr f
chattr +dS f; lsattr f
chattr -A +c f; lsattr f
chattr =ia f; lsattr f
chattr = f; lsattr f
lsattr -l f
chattr +D f; echo $?
chattr +DT d; lsattr -d d
chattr +C f; lsattr f
chattr +sujt f; lsattr f; lsattr -l f
chattr +x f; echo $?
chattr +F d; echo $?
chattr +P d; lsattr -dl d
chattr -V +i f
chattr -V -i f
chattr -f +i nofile; echo $?
mkdir n; chattr +d n; touch n/x; mkdir n/y; lsattr -d n n/x n/y
chattr -R +A n; lsattr -d n n/x n/y
lsattr n/y; lsattr n
cp -a f g; lsattr g
cd /dev/shm
touch f; lsattr f
chattr +i f && lsattr f
echo x > f; rm -f f
chattr -i +A f; lsattr f
chattr +c f; echo $?
rm f
