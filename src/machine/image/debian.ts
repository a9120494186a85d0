/**
 * The packages of Debian 12 that the host has or can install: what dpkg's database and the mirror are made of. Which
 * of them are there is decided by which programs exist.
 *
 * Left out: maintainers, long descriptions, dependencies on packages that have nothing to install here.
 */

/** One package, as its stanza in /var/lib/dpkg/status says. */
export interface Package {
  readonly name: string
  readonly version: string
  readonly section: string
  readonly priority: string
  /** Installed-Size, in KiB. */
  readonly size: number
  readonly isEssential: boolean
  readonly architecture: 'amd64' | 'all'
  readonly multiArch: 'same' | 'foreign' | 'allowed' | undefined
  /** Came because something else needs it. */
  readonly isAutomatic: boolean
  /** Not on a fresh host: it waits in the mirror. */
  readonly isNew: boolean
  readonly depends: string
  readonly preDepends: string
  readonly summary: string
  /**
   * Base names of its programs and libraries; one that begins with / lies in /bin, /sbin or /lib, not below /usr;
   * a whole path is a file of settings.
   */
  readonly files: readonly string[]
}

/** `NAME VERSION SECTION PRIORITY SIZE FLAGS|DEPENDS; PRE-DEPENDS|SUMMARY|FILES` */
const TABLE = `acl 2.3.1-3 utils optional 210 f|libacl1 (= 2.3.1-3), libc6 (>= 2.34)|access control list - utilities|/chacl /getfacl /setfacl
adduser 3.134 admin important 686 af|passwd|add and remove users and groups|adduser deluser /etc/adduser.conf /etc/deluser.conf
apt 2.6.1 admin required 4232 -|adduser, libc6 (>= 2.34), libsystemd0|commandline package manager|apt apt-cache apt-config apt-get apt-mark
attr 1:2.5.1-4 utils optional 154 f|libattr1 (= 1:2.5.1-4), libc6 (>= 2.34)|utilities for manipulating filesystem extended attributes|getfattr setfattr attr
base-files 12.4+deb12u15 admin required 341 ef||Debian base system miscellaneous files|/etc/debian_version /etc/host.conf /etc/issue /etc/issue.net /etc/update-motd.d/10-uname /usr/lib/os-release
base-passwd 3.6.1 admin required 247 ef|libc6 (>= 2.34), libselinux1 (>= 3.1~)|Debian base system master password and group files|
bash 5.2.15-2+b13 shells required 7164 ef|base-files (>= 2.1.12), debianutils (>= 5.6-0.1); libc6 (>= 2.36), libtinfo6 (>= 6)|GNU Bourne Again SHell|/bash /etc/bash.bashrc /etc/skel/.bash_logout /etc/skel/.bashrc /etc/skel/.profile
bc 1.07.1-3+b1 math standard 241 f|libc6 (>= 2.14), libreadline8 (>= 6.0)|GNU bc arbitrary precision calculator language|bc
binutils 2.40-2 devel optional 109 -|binutils-x86-64-linux-gnu (= 2.40-2)|GNU assembler, linker and binary utilities|strings
binutils-x86-64-linux-gnu 2.40-2 devel optional 11428 l|libc6 (>= 2.36), libzstd1 (>= 1.5.2), zlib1g (>= 1:1.1.4)|GNU binary utilities, for x86-64-linux-gnu target|x86_64-linux-gnu-strings
bsdextrautils 2.38.1-5+deb12u3 utils optional 337 f|libc6 (>= 2.34), libsmartcols1 (>= 2.38), libtinfo6 (>= 6)|extra utilities from 4.4BSD-Lite|col colcrt colrm look write hexdump ul column
bsdutils 1:2.38.1-5+deb12u3 utils required 355 ef|; libc6 (>= 2.34), libsystemd0|basic utilities from 4.4BSD-Lite|renice script scriptreplay wall logger
busybox-static 1:1.35.0-4+deb12u1+b1 shells optional 2024 -||Standalone rescue shell with tons of builtin utilities|/busybox
bzip2 1.0.8-5+b1 utils important 112 f|libbz2-1.0 (= 1.0.8-5+b1), libc6 (>= 2.34)|high-quality block-sorting file compressor - utilities|/bzip2 /bunzip2 /bzcat
cgroup-tools 2.0.2-2 admin optional 334 f|libc6 (>= 2.33), libcgroup2 (>= 2.0.1)|control and monitor control groups (tools)|cgclassify cgcreate cgdelete cgexec cgget cgset lscgroup lssubsys
coreutils 9.1-1 utils required 18062 ef|; libacl1 (>= 2.2.23), libattr1 (>= 1:2.4.44), libc6 (>= 2.34), libgmp10 (>= 2:6.2.1+dfsg1), libselinux1 (>= 3.1~)|GNU core utilities|[ arch b2sum base32 base64 basename basenc /cat /chgrp /chmod /chown cksum comm csplit cut /date /dd /df dircolors dirname du /echo env expand /false fmt fold groups head hostid join link /ln logname md5sum /mktemp nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx /pwd /readlink realpath /rm /rmdir chroot seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf /sleep sort split stdbuf /stty sum /sync tac tail tee test timeout /touch tr /true truncate tsort tty /uname unexpand uniq unlink users wc who whoami yes chcon /dir id /ls /mkdir mkfifo /mknod runcon stat /vdir /cp install /mv expr factor
dash 0.5.12-2 shells required 191 ef|debianutils (>= 5.6-0.1), dpkg (>= 1.19.1); libc6 (>= 2.34)|POSIX-compliant shell|/dash /sh
debconf 1.5.82 admin required 491 af||Debian configuration management system|
debianutils 5.7-0.5~deb12u1 utils required 243 ef|; libc6 (>= 2.34)|Miscellaneous utilities specific to Debian|ischroot /run-parts /tempfile add-shell remove-shell savelog which.debianutils
diffutils 1:3.8-4 utils required 1598 e|; libc6 (>= 2.34)|File comparison utilities|cmp diff diff3 sdiff
dpkg 1.21.23 admin required 6409 ef|tar (>= 1.28-1); libbz2-1.0, libc6 (>= 2.34), liblzma5 (>= 5.4.0), libmd0 (>= 0.0.0), libselinux1 (>= 3.1~), libzstd1 (>= 1.5.2), zlib1g (>= 1:1.1.4)|Debian package management system|/start-stop-daemon update-alternatives dpkg-divert dpkg-query dpkg dpkg-deb
ed 1.19-1 editors optional 151 fn|libc6 (>= 2.34)|classic UNIX line editor|/ed
file 1:5.44-3 utils standard 79 f|libc6 (>= 2.34), libmagic1 (= 1:5.44-3)|Recognize the type of data in a file using "magic" numbers|file
findutils 4.9.0-4 utils required 1746 ef|; libc6 (>= 2.34), libselinux1 (>= 3.1~)|utilities for finding files--find, xargs|xargs find
grep 3.8-5 utils required 1245 ef|dpkg (>= 1.15.4) | install-info; libc6 (>= 2.34), libpcre2-8-0 (>= 10.32)|GNU grep, egrep and fgrep|/egrep /fgrep rgrep /grep
gzip 1.12-1 utils required 252 e|dpkg (>= 1.15.4) | install-info; libc6 (>= 2.33)|GNU compression utilities|/gzip /gunzip /uncompress /zcat /zcmp /zdiff /zegrep /zfgrep /zgrep /zless /zmore /znew
hostname 3.23+nmu1 admin required 46 e|; libc6 (>= 2.34)|utility to set/show the host name or domain name|/hostname
init-system-helpers 1.65.2+deb12u1 admin required 133 eaf|usrmerge | usr-is-merged|helper tools for all init systems|service
jq 1.6-2.1+deb12u3 utils optional 111 f|libjq1 (= 1.6-2.1+deb12u3), libc6 (>= 2.34)|lightweight and flexible command-line JSON processor|jq
kmod 30+20221128-1 admin important 251 f|libc6 (>= 2.34), liblzma5 (>= 5.1.1alpha+20120614), libzstd1 (>= 1.5.2)|tools for managing Linux kernel modules|/kmod /lsmod /depmod /insmod /modinfo /modprobe /rmmod
less 590-2.1~deb12u2 text important 313 f|libc6 (>= 2.34), libtinfo6 (>= 6)|pager program similar to more|lesspipe less
libacl1 2.3.1-3 libs optional 73 s|libc6 (>= 2.33)|access control list - shared library|libacl.so.1
libattr1 1:2.5.1-4 libs optional 59 s|libc6 (>= 2.4)|extended attribute handling - shared library|libattr.so.1
libaudit1 1:3.0.9-1 libs optional 150 s|libc6 (>= 2.33), libcap-ng0 (>= 0.7.9)|Dynamic library for security auditing|/libaudit.so.1
libblkid1 2.38.1-5+deb12u3 libs optional 398 s|libc6 (>= 2.33)|block device ID library|/libblkid.so.1
libbsd0 0.11.7-2 libs optional 202 sd|libc6 (>= 2.34), libmd0 (>= 1.0.3-2)|utility functions from BSD systems - shared library|libbsd.so.0
libbz2-1.0 1.0.8-5+b1 libs optional 106 s|libc6 (>= 2.4)|high-quality block-sorting file compressor library - runtime|/libbz2.so.1.0
libc-bin 2.36-9+deb12u14 libs required 2042 ef|libc6 (>> 2.36), libc6 (<< 2.37)|GNU C Library: Binaries|getconf getent iconv locale localedef zdump ldd /ldconfig tzselect
libc6 2.36-9+deb12u14 libs optional 13001 s||GNU C Library: Shared libraries|/libc.so.6 /libm.so.6 /libpthread.so.0
libcap-ng0 0.8.3-1+b3 libs optional 65 s|libc6 (>= 2.33)|alternate POSIX capabilities library|/libcap-ng.so.0
libcap2 1:2.66-4+deb12u3+b1 libs optional 95 s|libc6 (>= 2.34)|POSIX 1003.1e capabilities (library)|/libcap.so.2
libcap2-bin 1:2.66-4+deb12u3+b1 utils important 133 f|libc6 (>= 2.34), libcap2 (>= 1:2.63)|POSIX 1003.1e capabilities (utilities)|/capsh /getcap /getpcaps /setcap
libcgroup2 2.0.2-2 libs optional 135 sd|libc6 (>= 2.33)|control and monitor control groups (library)|libcgroup.so.2
libcom-err2 1.47.0-2+b2 libs optional 55 s|libc6 (>= 2.17)|common error description library|/libcom_err.so.2
libcrypt1 1:4.4.33-2 libs optional 233 s|libc6 (>= 2.36)|libcrypt shared library|/libcrypt.so.1
libext2fs2 1.47.0-2+b2 libs optional 535 s|libc6 (>= 2.34)|ext2/ext3/ext4 file system libraries|/libe2p.so.2 /libext2fs.so.2
libgcrypt20 1.10.1-3+deb12u1 libs optional 1592 s|libc6 (>= 2.34), libgpg-error0 (>= 1.27)|LGPL Crypto library - runtime library|libgcrypt.so.20
libgmp10 2:6.2.1+dfsg1-1.1 libs optional 855 s|libc6 (>= 2.14)|Multiprecision arithmetic library|libgmp.so.10
libgpg-error0 1.46-1 libs optional 192 s|libc6 (>= 2.34)|GnuPG development runtime library|/libgpg-error.so.0
libjq1 1.6-2.1+deb12u3 utils optional 366 sd|libc6 (>= 2.36), libonig5 (>= 6.8.1)|lightweight and flexible command-line JSON processor - shared library|libjq.so.1
liblz4-1 1.9.4-1 libs optional 169 s|libc6 (>= 2.14)|Fast LZ compression algorithm library - runtime|liblz4.so.1
liblzma5 5.4.1-1+deb12u2 libs optional 333 s|libc6 (>= 2.34)|XZ-format compression library|/liblzma.so.5
libmagic1 1:5.44-3 libs optional 232 sd|libbz2-1.0, libc6 (>= 2.33), liblzma5 (>= 5.1.1alpha+20120614), zlib1g (>= 1:1.1.4)|Recognize the type of data in a file using "magic" numbers - library|libmagic.so.1
libmd0 1.0.4-2 libs optional 79 s|libc6 (>= 2.33)|message digest functions from BSD systems - shared library|libmd.so.0
libmount1 2.38.1-5+deb12u3 libs optional 454 s|libblkid1 (>= 2.17.2), libc6 (>= 2.34), libselinux1 (>= 3.1~)|device mounting library|/libmount.so.1
libncursesw6 6.4-4 libs optional 412 sd|libtinfo6 (= 6.4-4), libc6 (>= 2.34)|shared libraries for terminal handling (wide character support)|/libncursesw.so.6
libonig5 6.9.8-1 libs optional 666 sd|libc6 (>= 2.14)|regular expressions library|libonig.so.5
libpam0g 1.5.2-6+deb12u2 libs optional 215 s|libaudit1 (>= 1:2.2.1), libc6 (>= 2.34), debconf (>= 0.5) | debconf-2.0|Pluggable Authentication Modules library|/libpam.so.0 /libpam_misc.so.0
libpcre2-8-0 10.42-1 libs optional 685 s|libc6 (>= 2.34)|New Perl Compatible Regular Expression Library- 8 bit runtime files|libpcre2-8.so.0
libproc2-0 2:4.0.2-3 libs optional 232 sd|libc6 (>= 2.34), libsystemd0 (>= 209)|library for accessing process information from /proc|libproc2.so.0
libreadline8 8.2-1.3 libs optional 475 sd|libc6 (>= 2.33), libtinfo6 (>= 6)|GNU readline and history libraries, run-time libraries|/libreadline.so.8
libselinux1 3.4-1+b6 libs optional 199 s|libc6 (>= 2.34), libpcre2-8-0 (>= 10.22)|SELinux runtime shared libraries|/libselinux.so.1
libsmartcols1 2.38.1-5+deb12u3 libs optional 289 s|libc6 (>= 2.33)|smart column output alignment library|libsmartcols.so.1
libsystemd0 252.39-1~deb12u2 libs optional 909 s|libc6 (>= 2.34), libcap2 (>= 1:2.10), libgcrypt20 (>= 1.10.0), liblz4-1 (>= 0.0~r122), liblzma5 (>= 5.1.1alpha+20120614), libzstd1 (>= 1.5.2)|systemd utility library|libsystemd.so.0
libtinfo6 6.4-4 libs optional 541 s|libc6 (>= 2.34)|shared low-level terminfo library for terminal handling|/libtinfo.so.6
libudev1 252.39-1~deb12u2 libs optional 240 s|libc6 (>= 2.34)|libudev shared library|/libudev.so.1
libuuid1 2.38.1-5+deb12u3 libs optional 79 s|libc6 (>= 2.25)|Universally Unique ID library|libuuid.so.1
libzstd1 1.5.4+dfsg2-5 libs optional 785 s|libc6 (>= 2.34)|fast lossless compression algorithm|libzstd.so.1
login 1:4.13+dfsg1-1+deb12u2 admin required 2550 ef|; libaudit1 (>= 1:2.2.1), libc6 (>= 2.34), libcrypt1 (>= 1:4.1.0), libpam0g (>= 0.99.7.1)|system login tools|faillog nologin newgrp /login lastlog /etc/login.defs
lsof 4.95.0-1 utils standard 482 -|libc6 (>= 2.33), libselinux1 (>= 3.1~)|utility to list open files|lsof
man-db 2.11.2-2 doc standard 2974 f|bsdextrautils (>= 2.27) | bsdmainutils (<< 9.0), libc6 (>= 2.34)|tools for reading manual pages|man
mawk 1.3.4.20200120-3.1 interpreters required 263 f|libc6 (>= 2.29)|Pattern scanning and text processing language|mawk
mount 2.38.1-5+deb12u3 admin required 393 f|; libblkid1 (>= 2.17.2), libc6 (>= 2.34), libmount1 (>= 2.38), libselinux1 (>= 3.1~), libsmartcols1 (>= 2.33)|tools for mounting and manipulating filesystems|/losetup /umount /swapoff /swapon /mount
nano 7.2-1+deb12u1 editors important 2804 -|libc6 (>= 2.34), libncursesw6 (>= 6), libtinfo6 (>= 6)|small, friendly text editor inspired by Pico|/nano
ncurses-base 6.4-4 misc required 379 eaf||basic terminal type definitions|
ncurses-bin 6.4-4 utils required 636 ef|; libc6 (>= 2.34), libtinfo6 (>= 6.3)|terminal-related programs and man pages|clear infocmp tabs tic toe tput tset
net-tools 2.10-0.1+deb12u2 net important 978 f|libc6 (>= 2.34), libselinux1 (>= 3.1~)|NET-3 networking toolkit|arp /ifconfig /route /netstat
passwd 1:4.13+dfsg1-1+deb12u2 admin required 2827 f|libaudit1 (>= 1:2.2.1), libc6 (>= 2.36), libcrypt1 (>= 1:4.1.0), libpam0g (>= 0.99.7.1), libselinux1 (>= 3.1~)|change and administer password and group data|expiry chage groupadd groupdel groupmod grpck grpconv grpunconv pwck pwconv pwunconv useradd userdel usermod vigr vipw chfn chsh passwd groupmems gpasswd chgpasswd chpasswd cppw newusers /etc/default/useradd
patch 2.7.6-7 vcs optional 240 f|libc6 (>= 2.34)|Apply a diff file to an original|patch
procps 2:4.0.2-3 admin important 2091 f|libc6 (>= 2.34), libncursesw6 (>= 6), libproc2-0 (>= 2:4.0.2), libtinfo6 (>= 6), init-system-helpers (>= 1.29~)|/proc file system utilities|/kill pwdx /sysctl free pgrep pidwait pmap /ps skill tload uptime vmstat w watch slabtop top /etc/sysctl.conf /etc/sysctl.d/README.sysctl
psmisc 23.6-1 admin optional 909 f|libc6 (>= 2.34), libtinfo6 (>= 6)|utilities that use the proc file system|/fuser killall pslog pstree
python3.11-minimal 3.11.2-6+deb12u9 python optional 6743 ld|zlib1g (>= 1:1.2.0); libc6 (>= 2.35)|Minimal subset of the Python language (version 3.11)|python3.11
sed 4.9-1+deb12u1 utils required 987 ef|; libacl1 (>= 2.2.23), libc6 (>= 2.34), libselinux1 (>= 3.1~)|GNU stream editor for filtering/transforming text|/sed
strace 6.1-0.1 utils optional 2839 -|libc6 (>= 2.34)|System call tracer|strace strace-log-merge
stress 1.0.7-1 devel optional 56 -|libc6 (>= 2.34)|tool to impose load on and stress test a computer system|stress
stress-ng 0.15.06-2 devel optional 8836 -|libbsd0 (>= 0.6.0), libc6 (>= 2.36), libcrypt1 (>= 1:4.1.0), zlib1g (>= 1:1.1.4)|tool to load and stress a computer|stress-ng
sudo 1.9.13p3-1+deb12u4 admin optional 6055 -|libaudit1 (>= 1:2.2.1), libc6 (>= 2.34), libpam0g (>= 0.99.7.1), libselinux1 (>= 3.1~), zlib1g (>= 1:1.2.0.2); init-system-helpers (>= 1.54~)|Provide limited super user privileges to specific users|visudo sudo /etc/sudoers /etc/sudoers.d/README
systemd 252.39-1~deb12u2 admin important 9824 fn|libcap2 (>= 1:2.10), libselinux1 (>= 3.1~), libsystemd0 (= 252.39-1~deb12u2), mount|system and service manager|/systemctl /journalctl hostnamectl timedatectl /loginctl systemd-run systemd-cgls systemd-detect-virt
sysstat 12.6.1-1 admin optional 1785 -|debconf (>= 0.5) | debconf-2.0, libc6 (>= 2.34)|system performance tools for Linux|mpstat pidstat
sysvinit-utils 3.06-4 admin required 100 ef|libc6 (>= 2.34)|System-V-like utilities|/killall5
tar 1.34+dfsg-1.2+deb12u1 utils required 3144 ef|; libacl1 (>= 2.2.23), libc6 (>= 2.34), libselinux1 (>= 3.1~)|GNU version of the tar archiving utility|/tar
time 1.9-0.2 utils optional 132 f|libc6 (>= 2.34)|GNU time program for measuring CPU resource usage|time
tree 2.1.0-1 utils optional 113 -|libc6 (>= 2.34)|displays an indented directory tree, in color|tree
tzdata 2026b-0+deb12u1 localization required 2573 af|debconf (>= 0.5) | debconf-2.0|time zone and daylight-saving time data|
uidmap 1:4.13+dfsg1-1+deb12u2 admin optional 311 f|libaudit1 (>= 1:2.2.1), libc6 (>= 2.34), libselinux1 (>= 3.1~)|programs to help use subuids|getsubids newgidmap newuidmap
usr-is-merged 37~deb12u1 oldlibs optional 13 af||Transitional package to assert a merged-/usr system|
util-linux 2.38.1-5+deb12u3 utils required 4978 ef|util-linux-extra; libblkid1 (>= 2.37.2), libc6 (>= 2.34), libcap-ng0 (>= 0.7.9), libcrypt1 (>= 1:4.1.0), libmount1 (>= 2.38), libpam0g (>= 0.99.7.1), libselinux1 (>= 3.1~), libsmartcols1 (>= 2.38), libsystemd0, libtinfo6 (>= 6), libudev1 (>= 183), libuuid1 (>= 2.16), zlib1g (>= 1:1.1.4)|miscellaneous system utilities|choom chrt fallocate flock getopt hardlink ionice ipcmk ipcrm ipcs last mcookie mesg namei rename.ul rev /agetty /blockdev chmem /fsfreeze /mkfs /pivot_root /switch_root setarch setsid taskset uclampset unshare utmpdump whereis /dmesg /more setterm nsenter lscpu lsipc lsmem prlimit /mountpoint /fstrim /blkid /findfs /fsck /runuser /su /wipefs /lsblk setpriv /sulogin /findmnt lsns /mkswap lslocks lslogins
util-linux-extra 2.38.1-5+deb12u3 utils standard 366 f|libaudit1 (>= 1:2.2.1), libc6 (>= 2.34), libsmartcols1 (>= 2.38)|interactive login tools|fincore lsfd lsirq /hwclock
vim 2:9.0.1378-2+deb12u2 editors optional 3738 n|libc6 (>= 2.36), libselinux1 (>= 3.1~), libtinfo6 (>= 6)|Vi IMproved - enhanced vi editor|vim
vim-tiny 2:9.0.1378-2+deb12u2 editors important 1689 -|libacl1 (>= 2.2.23), libc6 (>= 2.34), libselinux1 (>= 3.1~), libtinfo6 (>= 6)|Vi IMproved - enhanced vi editor - compact version|vim.tiny
xxd 2:9.0.1378-2+deb12u2 editors optional 283 f|libc6 (>= 2.34)|tool to make (or reverse) a hex dump|xxd
xz-utils 5.4.1-1+deb12u2 utils standard 1226 f|libc6 (>= 2.34), liblzma5 (>= 5.4.0)|XZ-format compression utilities|xz
zlib1g 1:1.2.13.dfsg-1 libs optional 168 s|libc6 (>= 2.14)|compression library - runtime|/libz.so.1`

const MULTI_ARCH = { s: 'same', f: 'foreign', l: 'allowed' } as const

function parse(line: string): Package {
  const parts = line.split('|')
  const [name, version, section, priority, size, flags] = parts[0]!.split(' ')
  const [depends = '', preDepends = ''] = parts.slice(1, -2).join('|').split(/; ?/)
  const letter = [...flags!].find(it => it in MULTI_ARCH) as keyof typeof MULTI_ARCH | undefined
  return {
    name: name!,
    version: version!,
    section: section!,
    priority: priority!,
    size: Number(size),
    isEssential: flags!.includes('e'),
    architecture: flags!.includes('a') ? 'all' : 'amd64',
    multiArch: letter && MULTI_ARCH[letter],
    isAutomatic: flags!.includes('d'),
    isNew: flags!.includes('n'),
    depends,
    preDepends,
    summary: parts.at(-2)!,
    files: parts
      .at(-1)!
      .split(' ')
      .filter(it => it),
  }
}

export const PACKAGES: readonly Package[] = TABLE.split('\n').map(parse)
