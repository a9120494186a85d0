/**
 * The executables and libraries of Debian 12 that the host may have: sizes, times and needed libraries as on the
 * real system, so that `ls -l`, `ldd` and a copied program behave. Which of them are installed is decided by which
 * programs exist; a program that is not written is not there.
 */

/** `= LIBRARIES` opens a group (`-` for scripts and static programs); then `NAME SIZE MTIME [MODE[:GID]]`; `s/` is /usr/sbin. */
export const EXECUTABLES = `= libc.so.6
[ 68496 1663687647
apt 18752 1685023897
apt-cache 88456 1685023897
apt-config 26944 1685023897
apt-get 51592 1685023897
apt-mark 59784 1685023897
arch 43888 1663687647
b2sum 60400 1663687647
base32 48016 1663687647
base64 48016 1663687647
basename 43856 1663687647
basenc 56208 1663687647
cat 44016 1663687647
chgrp 68656 1663687647
chmod 64496 1663687647
choom 55616 1732219314
chown 72752 1663687647
chrt 67904 1732219314
cksum 142384 1663687647
cmp 52176 1675450800
col 35136 1732219314
colcrt 14656 1732219314
colrm 31040 1732219314
comm 48048 1663687647
cpio 162368 1663184755
csplit 122032 1663687647
cut 48112 1663687647
dash 125640 1672924848
date 121904 1663687647
dd 89240 1663687647
df 102200 1663687647
diff 155216 1675450800
diff3 68752 1675450800
dircolors 52144 1663687647
dirname 39760 1663687647
du 175440 1663687647
echo 43856 1663687647
env 48536 1663687647
expand 43952 1663687647
expiry 31184 1765720801 2755:42
faillog 23072 1765720801
fallocate 35136 1732219314
false 35664 1663687647
flock 35216 1732219314
fmt 48016 1663687647
fold 43920 1663687647
fuser 40784 1670909271
getconf 27136 1767182402
getent 36320 1767182402
getfattr 23256 1673994878
getopt 35136 1732219314
getsubids 14576 1765720801
groups 43920 1663687647
gzip 98136 1649557346
hardlink 51600 1732219314
head 48080 1663687647
hostid 39760 1663687647
hostname 22680 1671456791
iconv 64648 1767182402
ionice 35136 1732219314
ipcmk 35200 1732219314
ipcrm 35136 1732219314
ipcs 76096 1732219314
ischroot 14664 1690587995
join 56304 1663687647
kill 22840 1671429998
killall 32720 1670909271
last 51520 1732219314
link 39760 1663687647
ln 72824 1663687647
locale 47272 1767182402
localedef 298912 1767182402
logname 39760 1663687647
look 18752 1732219314
make 240280 1618062915
mcookie 35200 1732219314
md5sum 52176 1663687647
mesg 18744 1732219314
mktemp 43952 1663687647
mpstat 47488 1670189005
namei 35136 1732219314
nice 43888 1663687647
nl 113776 1663687647
nohup 43920 1663687647
nproc 43920 1663687647
numfmt 68624 1663687647
od 80912 1663687647
paste 43920 1663687647
pathchk 43888 1663687647
pidstat 51584 1670189005
pinky 48176 1663687647
pr 81008 1663687647
printenv 35664 1663687647
printf 64432 1663687647
pslog 14792 1670909271
ptx 138480 1663687647
pwd 43952 1663687647
pwdx 14648 1671429998
readlink 52112 1663687647
realpath 52144 1663687647
rename.ul 22840 1732219314
renice 14648 1732219314
rev 14648 1732219314
rm 72752 1663687647
rmdir 56240 1663687647
run-parts 27560 1690587995
s/agetty 69112 1732219314
s/arp 67720 1748287643
s/blockdev 80192 1732219314
s/chmem 67904 1732219314
s/chroot 48112 1663687647
s/filefrag 18696 1749229968
s/fsfreeze 14648 1732219314
s/ifconfig 83976 1748287643
s/killall5 26944 1680503122
s/mkfs 14648 1732219314
s/nologin 14568 1765720801
s/pivot_root 14648 1732219314
s/route 70832 1748287643
s/start-stop-daemon 44464 1767182402
s/switch_root 18744 1732219314
s/sysctl 31040 1671429998
s/visudo 262784 1767182402
script 71992 1732219314
scriptreplay 47416 1732219314
sdiff 56400 1675450800
seq 60336 1663687647
setarch 27216 1732219314
setfattr 18968 1673994878
setsid 14648 1732219314
sha1sum 56272 1663687647
sha224sum 60368 1663687647
sha256sum 60368 1663687647
sha384sum 64464 1663687647
sha512sum 64464 1663687647
shred 64656 1663687647
shuf 60400 1663687647
sleep 43888 1663687647
sort 118456 1663687647
split 60984 1663687647
stdbuf 60336 1663687647
strace 2034104 1675095483
stty 85008 1663687647
sum 52184 1663687647
sync 39824 1663687647
tac 113712 1663687647
tail 76944 1663687647
taskset 63808 1732219314
tee 43984 1663687647
tempfile 14520 1690587995
test 60304 1663687647
timeout 48632 1663687647
touch 109616 1663687647
tr 56208 1663687647
tree 81592 1672326529
true 35664 1663687647
truncate 43920 1663687647
tsort 56208 1663687647
tty 35696 1663687647
uclampset 63808 1732219314
uname 43888 1663687647
unexpand 43952 1663687647
uniq 48080 1663687647
unlink 39760 1663687647
unshare 84520 1732219314
update-alternatives 59712 1767182402
users 39824 1663687647
utmpdump 31032 1732219314
wall 39224 1732219314
wc 52280 1663687647
whereis 31504 1732219314
who 60432 1663687647
whoami 39792 1663687647
write 22848 1732219314
xargs 72136 1673201273
yes 39760 1663687647
zdump 23064 1767182402
= -
busybox 1982256 1767182402
egrep 41 1674571380
fgrep 41 1674571380
gunzip 2346 1649557346
ldd 5407 1767182402
lesspipe 9047 1714674651
rgrep 30 1580299757
s/add-shell 1053 1690587995
s/adduser 48382 1685030075
s/deluser 16727 1685030075
s/ldconfig 982880 1767182402
s/remove-shell 1111 1690587995
s/service 9107 1755716301
savelog 10487 1690587995
strace-log-merge 1821 1613462400
tzselect 15352 1767182402
uncompress 2346 1649557346
which.debianutils 946 1690587995
xzdiff 7422 1767182402
xzgrep 10333 1767182402
xzless 1813 1767182402
xzmore 2190 1767182402
zcat 1984 1649557346
zcmp 1678 1649557346
zdiff 6460 1649557346
zegrep 29 1649557346
zfgrep 29 1649557346
zforce 2081 1649557346
zgrep 8103 1649557346
zless 2206 1649557346
zmore 1842 1649557346
znew 4577 1649557346
= libaudit.so.1 libselinux.so.1 libc.so.6
chage 80376 1765720801 2755:42
newgidmap 59336 1765720801 4755
newuidmap 59336 1765720801 4755
s/groupadd 101416 1765720801
s/groupdel 88936 1765720801
s/groupmod 101384 1765720801
s/grpck 67888 1765720801
s/grpconv 59536 1765720801
s/grpunconv 59536 1765720801
s/pwck 59656 1765720801
s/pwconv 55432 1765720801
s/pwunconv 55472 1765720801
s/useradd 159536 1765720801
s/userdel 113608 1765720801
s/usermod 147056 1765720801
s/vipw 74384 1765720801
sudo 281624 1767182402 4755
= libtinfo.so.6 libc.so.6
bash 1265648 1767182402
clear 14584 1683470027
dmesg 88656 1732219314
hexdump 59720 1732219314
infocmp 63808 1683470027
less 198960 1714674651
more 59712 1732219314
pstree 36640 1670909271
setterm 47424 1732219314
tabs 18672 1683470027
tic 92512 1683470027
toe 22768 1683470027
tput 26896 1683470027
tset 30968 1683470027
ul 22848 1732219314
= libselinux.so.1 libc.so.6
chcon 68720 1663687647
dir 151344 1663687647
id 48144 1663687647
ls 151344 1663687647
lsof 179824 1651118903
mkdir 97552 1663687647
mkfifo 68784 1663687647
mknod 72912 1663687647
netstat 155304 1748287643
nsenter 35368 1732219314
runcon 43984 1663687647
stat 97488 1663687647
vdir 151344 1663687647
= libsmartcols.so.1 libc.so.6
column 55616 1732219314
fincore 35184 1732219314
lscpu 129344 1732219314
lsfd 123192 1732219314
lsipc 100672 1732219314
lsirq 35312 1732219314
lsmem 67904 1732219314
prlimit 39760 1732219314
s/losetup 117168 1732219314
= libproc2.so.0 libc.so.6
free 26936 1671429998
pgrep 35248 1671429998
pidwait 35248 1671429998
pmap 35160 1671429998
ps 146360 1671429998
skill 31056 1671429998
tload 18760 1671429998
uptime 14648 1671429998
vmstat 35552 1671429998
w 22840 1671429998
= libcgroup.so.2 libpthread.so.0 libc.so.6
cgclassify 18816 1658762211
cgcreate 23040 1658762211
cgdelete 22840 1658762211
cgexec 18784 1658762211
cgget 22840 1658762211
cgset 22840 1658762211
lscgroup 22880 1658762211
= libmnl.so.0 libcap.so.2 libc.so.6
s/bridge 156200 1684761592
= libz.so.1 libc.so.6
= libcap.so.2 libc.so.6
ping 90568 1727197236
s/capsh 54568 1767182402
s/getcap 14576 1767182402
s/getpcaps 14576 1767182402
s/setcap 14576 1767182402
= libpam.so.0 libpam_misc.so.0 libaudit.so.1 libselinux.so.1 libc.so.6
chfn 62672 1765720801 4755
chsh 52880 1765720801 4755
passwd 68248 1765720801 4755
s/groupmems 67920 1765720801
= libmd.so.0 libc.so.6
dpkg-divert 158264 1767182402
dpkg-query 162384 1767182402
= libext2fs.so.2 libcom_err.so.2 libc.so.6
= libmount.so.1 libc.so.6
mountpoint 18744 1732219314
s/fstrim 76096 1732219314
umount 35128 1732219314 4755
= libselinux.so.1 libacl.so.1 libattr.so.1 libc.so.6
cp 151152 1663687647
install 159544 1663687647
mv 142968 1663687647
= libacl.so.1 libc.so.6
getfacl 31544 1673995855
setfacl 39768 1673995855
= libblkid.so.1 libc.so.6
s/blkid 125280 1732219314
s/findfs 14648 1732219314
= libm.so.6 libc.so.6
mawk 158376 1655480126
stress 26720 1674321374
= libext2fs.so.2 libcom_err.so.2 libblkid.so.1 libuuid.so.1 libe2p.so.2 libc.so.6
s/mke2fs 141904 1749229968
s/e2fsck 356624 1749229968
s/tune2fs 117264 1749229968
= libext2fs.so.2 libcom_err.so.2 libe2p.so.2 libblkid.so.1 libc.so.6
s/dumpe2fs 31040 1749229968
= libe2p.so.2 libext2fs.so.2 libcom_err.so.2 libc.so.6
s/resize2fs 63800 1749229968
= libacl.so.1 libselinux.so.1 libc.so.6
sed 126424 1767182402
tar 531984 1705742827
= libe2p.so.2 libcom_err.so.2 libc.so.6
chattr 14584 1749229968
lsattr 14584 1749229968
= libgmp.so.10 libc.so.6
expr 117808 1663687647
factor 85200 1663687647
= libmount.so.1 libblkid.so.1 libc.so.6
s/fsck 55664 1732219314
s/swapoff 22840 1732219314
= libncursesw.so.6 libtinfo.so.6 libc.so.6
nano 287480 1714975801
watch 27352 1671429998
= libpam.so.0 libpam_misc.so.0 libc.so.6
s/runuser 72000 1732219314
su 72000 1732219314 4755
= libblkid.so.1 libsmartcols.so.1 libc.so.6
s/wipefs 47424 1732219314
= libcgroup.so.2 libc.so.6
lssubsys 14784 1658762211
= liblzma.so.5 libc.so.6
xz 84680 1767182402
= libm.so.6 libc.so.6 libcrypt.so.1
= libaudit.so.1 libselinux.so.1 libcrypt.so.1 libc.so.6
gpasswd 88496 1765720801 4755
s/chgpasswd 67880 1765720801
= libmnl.so.0 libbsd.so.0 libcap.so.2 libc.so.6
= libattr.so.1 libc.so.6
attr 14568 1673994878
= libaudit.so.1 libcrypt.so.1 libc.so.6
newgrp 48896 1765720801 4755
= libblkid.so.1 libmount.so.1 libsmartcols.so.1 libc.so.6
s/swapon 51512 1732219314
= libblkid.so.1 libmount.so.1 libsmartcols.so.1 libudev.so.1 libc.so.6
lsblk 207168 1732219314
= libbpf.so.1 libmnl.so.0 libbsd.so.0 libcap.so.2 libc.so.6
ip 691016 1684761592
= libcap-ng.so.0 libc.so.6
setpriv 80192 1732219314
= libcrypt.so.1 libselinux.so.1 libc.so.6
s/sulogin 55616 1732219314
= libjq.so.1 libc.so.6
jq 30800 1767182402
= libm.so.6 libEGL.so.1 libJudy.so.1 libbsd.so.0 libc.so.6 libcrypt.so.1 libsctp.so.1 libz.so.1
stress-ng 8727496 1679305391
= libm.so.6 libtinfo.so.6 libselinux.so.1 libacl.so.1 libc.so.6
vim 3712824 1739683421
vim.tiny 1629584 1739683421
= libmagic.so.1 libc.so.6
file 27120 1674929840
= libmount.so.1 libselinux.so.1 libc.so.6
mount 59704 1732219314 4755
= libmount.so.1 libsmartcols.so.1 libblkid.so.1 libudev.so.1 libc.so.6
findmnt 85600 1732219314
= libpam.so.0 libpam_misc.so.0 libaudit.so.1 libc.so.6
login 53024 1765720801
= libpcre2-8.so.0 libc.so.6
grep 203152 1674571380
= libproc2.so.0 libncursesw.so.6 libtinfo.so.6 libc.so.6
slabtop 22904 1671429998
= libproc2.so.0 libtinfo.so.6 libc.so.6
top 134736 1671429998
= libreadline.so.8 libc.so.6
bc 96968 1630857678
= libselinux.so.1 libm.so.6 libc.so.6
find 224848 1673201273
= libsmartcols.so.1 libmount.so.1 libc.so.6
lsns 84288 1732219314
= libsystemd.so.0 libc.so.6
logger 56216 1732219314
= libuuid.so.1 libblkid.so.1 libselinux.so.1 libc.so.6
s/mkswap 117056 1732219314
= libmd.so.0 libselinux.so.1 libc.so.6
dpkg 318096 1767182402
= libmd.so.0 libz.so.1 liblzma.so.5 libzstd.so.1 libbz2.so.1.0 libc.so.6
dpkg-deb 170512 1767182402
= libzstd.so.1 liblzma.so.5 libc.so.6
= libaudit.so.1 libc.so.6
lastlog 32512 1765720801
= libmount.so.1 libsmartcols.so.1 libc.so.6
lslocks 72400 1732219314
= libsmartcols.so.1 libselinux.so.1 libsystemd.so.0 libc.so.6
lslogins 96576 1732219314
= libbsd.so.0 libc.so.6
nc.openbsd 43592 1666300757
= libbsd.so.0 libmnl.so.0 libcap.so.2 libm.so.6 libc.so.6
= libm.so.6 libz.so.1 libc.so.6
python3.11 6809944 1767182402
= libselinux.so.1 libbsd.so.0 libmnl.so.0 libcap.so.2 libc.so.6
ss 193680 1684761592
= libz.so.1 liblzma.so.5 liblz4.so.1 libc.so.6
zstd 1276544 1679173110
= libpam.so.0 libaudit.so.1 libselinux.so.1 libcrypt.so.1 libc.so.6
s/chpasswd 63856 1765720801
= libselinux.so.1 libaudit.so.1 libc.so.6
s/cppw 61880 1765720801
= libext2fs.so.2 libe2p.so.2 libcom_err.so.2 libblkid.so.1 libuuid.so.1 libc.so.6
= libext2fs.so.2 libcom_err.so.2 libe2p.so.2 libblkid.so.1 libc.so.6
= libext2fs.so.2 libcom_err.so.2 libblkid.so.1 libc.so.6
= libuuid.so.1 libext2fs.so.2 libc.so.6
= libm.so.6 libaudit.so.1 libc.so.6
s/hwclock 88512 1732219314
= libpam.so.0 libaudit.so.1 libselinux.so.1 libc.so.6
s/newusers 105392 1765720801
= libe2p.so.2 libext2fs.so.2 libcom_err.so.2 libc.so.6
= libblkid.so.1 libuuid.so.1 libc.so.6
= libbpf.so.1 libmnl.so.0 libbsd.so.0 libcap.so.2 libm.so.6 libc.so.6
s/tc 587776 1684761592
= libz.so.1 libzstd.so.1 libc.so.6
x86_64-linux-gnu-strings 31728 1673717062
= libzstd.so.1 liblzma.so.5 libc.so.6
kmod 178448 1670630544
= libacl.so.1 libc.so.6
chacl 14568 1673995855`

/** `SONAME FILE SIZE MTIME NEEDED…`; FILE is `.` when the library is no link. */
export const LIBRARIES = `libEGL.so.1 libEGL.so.1.1.0 84448 1672753705 libGLdispatch.so.0 libc.so.6
libJudy.so.1 libJudy.so.1.0.3 325504 1564373772 libc.so.6
libacl.so.1 libacl.so.1.1.2301 38832 1673995855 libc.so.6
libattr.so.1 libattr.so.1.1.2501 26544 1673994878 libc.so.6
libaudit.so.1 libaudit.so.1.0.0 128952 1675935364 libcap-ng.so.0 libc.so.6
libblkid.so.1 libblkid.so.1.1.0 355328 1732219314 libc.so.6 ld-linux-x86-64.so.2
libbpf.so.1 libbpf.so.1.1.2 358880 1747074545 libelf.so.1 libz.so.1 libc.so.6
libbsd.so.0 libbsd.so.0.11.7 84840 1675016808 libmd.so.0 libc.so.6
libbz2.so.1.0 libbz2.so.1.0.4 74688 1663556049 libc.so.6
libc.so.6 . 1926232 1767182402 ld-linux-x86-64.so.2
libcap-ng.so.0 libcap-ng.so.0.0.0 30704 1675159555 libc.so.6 ld-linux-x86-64.so.2
libcap.so.2 libcap.so.2.66 47128 1767182402 libc.so.6
libcgroup.so.2 libcgroup.so.2.0.2 108624 1658762211 libpthread.so.0 libc.so.6 ld-linux-x86-64.so.2
libcom_err.so.2 libcom_err.so.2.1 18344 1749229968 libc.so.6 ld-linux-x86-64.so.2
libcrypt.so.1 libcrypt.so.1.1.0 206776 1673045857 libc.so.6
libe2p.so.2 libe2p.so.2.3 45008 1749229968 libc.so.6
libext2fs.so.2 libext2fs.so.2.4 438608 1749229968 libcom_err.so.2 libc.so.6
libgcrypt.so.20 libgcrypt.so.20.4.1 1332480 1767182402 libgpg-error.so.0 libc.so.6
libgmp.so.10 libgmp.so.10.4.1 529216 1663872237 libc.so.6
libgpg-error.so.0 libgpg-error.so.0.33.1 157768 1666124568 libc.so.6
libjq.so.1 libjq.so.1.0.4 321632 1767182402 libm.so.6 libonig.so.5 libc.so.6 ld-linux-x86-64.so.2
liblz4.so.1 liblz4.so.1.9.4 149952 1661655655 libc.so.6
liblzma.so.5 liblzma.so.5.4.1 190456 1767182402 libc.so.6
libm.so.6 . 911904 1767182402 libc.so.6 ld-linux-x86-64.so.2
libmagic.so.1 libmagic.so.1.0.0 174344 1674929840 liblzma.so.5 libbz2.so.1.0 libz.so.1 libc.so.6
libmd.so.0 libmd.so.0.0.5 47312 1657417415 libc.so.6
libmnl.so.0 libmnl.so.0.2.0 26616 1586858941 libc.so.6
libmount.so.1 libmount.so.1.1.0 404096 1732219314 libblkid.so.1 libselinux.so.1 libc.so.6 ld-linux-x86-64.so.2
libncursesw.so.6 libncursesw.so.6.4 231344 1683470027 libtinfo.so.6 libc.so.6
libonig.so.5 libonig.so.5.3.0 614016 1651307843 libc.so.6
libpam.so.0 libpam.so.0.85.1 67584 1754841242 libaudit.so.1 libc.so.6
libpam_misc.so.0 libpam_misc.so.0.82.1 14432 1754841242 libpam.so.0 libc.so.6
libpcre2-8.so.0 libpcre2-8.so.0.11.2 629384 1672587846 libc.so.6
libproc2.so.0 libproc2.so.0.0.1 203272 1671429998 libsystemd.so.0 libc.so.6 ld-linux-x86-64.so.2
libpthread.so.0 . 14480 1767182402 libc.so.6
libreadline.so.8 libreadline.so.8.2 354536 1672778985 libtinfo.so.6 libc.so.6
libsctp.so.1 libsctp.so.1.0.19 18352 1662143776 libc.so.6
libselinux.so.1 . 174312 1685210301 libpcre2-8.so.0 libc.so.6 ld-linux-x86-64.so.2
libsmartcols.so.1 libsmartcols.so.1.1.0 239744 1732219314 libc.so.6 ld-linux-x86-64.so.2
libsystemd.so.0 libsystemd.so.0.35.0 844736 1767182402 libcap.so.2 libgcrypt.so.20 liblzma.so.5 libzstd.so.1 liblz4.so.1 libc.so.6 ld-linux-x86-64.so.2
libtinfo.so.6 libtinfo.so.6.4 204088 1683470027 libc.so.6
libudev.so.1 libudev.so.1.7.5 182544 1767182402 libc.so.6 ld-linux-x86-64.so.2
libuuid.so.1 libuuid.so.1.3.0 34872 1732219314 libc.so.6 ld-linux-x86-64.so.2
libz.so.1 libz.so.1.2.13 121280 1667651086 libc.so.6
libzstd.so.1 libzstd.so.1.5.4 763816 1679173110 libc.so.6`
