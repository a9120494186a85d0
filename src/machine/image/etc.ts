/**
 * Settings in /etc that programs of the host read, with the values that Debian 12 gives them; the remarks are in our
 * own words. Linux: the packages login, passwd, adduser, base-files, netbase.
 */
import type { ImageFile } from './tree.ts'

const LOGIN_DEFS = `# Settings of the shadow suite; see login.defs(5).
MAIL_DIR        /var/mail
FAILLOG_ENAB		yes
LOG_UNKFAIL_ENAB	no
LOG_OK_LOGINS		no
SYSLOG_SU_ENAB		yes
SYSLOG_SG_ENAB		yes
FTMP_FILE	/var/log/btmp
SU_NAME		su
HUSHLOGIN_FILE	.hushlogin
ENV_SUPATH	PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV_PATH	PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games
TTYGROUP	tty
TTYPERM		0600
ERASECHAR	0177
KILLCHAR	025
UMASK		022

# Ages of passwords, in days.
PASS_MAX_DAYS	99999
PASS_MIN_DAYS	0
PASS_WARN_AGE	7

# Ids for useradd and groupadd. Those of system accounts lie below.
UID_MIN			 1000
UID_MAX			60000
SUB_UID_MIN		   100000
SUB_UID_MAX		600100000
SUB_UID_COUNT		    65536
GID_MIN			 1000
GID_MAX			60000
SUB_GID_MIN		   100000
SUB_GID_MAX		600100000
SUB_GID_COUNT		    65536

LOGIN_RETRIES		5
LOGIN_TIMEOUT		60
CHFN_RESTRICT		rwh
DEFAULT_HOME	yes
USERGROUPS_ENAB yes
ENCRYPT_METHOD SHA512
NONEXISTENT	/nonexistent
PREVENT_NO_AUTH superuser
`

const USERADD = `# What useradd takes where no option says otherwise; useradd -D shows and changes it.
#
SHELL=/bin/sh
#
# GROUP=100
#
# HOME=/home
#
# INACTIVE=-1
#
# EXPIRE=
#
# SKEL=/etc/skel
#
# CREATE_MAIL_SPOOL=no

`

const ADDUSER = `# Settings of adduser; see adduser.conf(5). Without a setting the value in the remark holds.
#DSHELL=/bin/bash
#DHOME=/home
#SKEL=/etc/skel
#FIRST_SYSTEM_UID=100
#LAST_SYSTEM_UID=999
#FIRST_UID=1000
#LAST_UID=59999
#DIR_MODE=0700
#EXTRA_GROUPS="users"
#ADD_EXTRA_GROUPS=1
`

const DELUSER = `# Settings of deluser; see deluser.conf(5). Without a setting the value in the remark holds.
#REMOVE_HOME=0
#REMOVE_ALL_FILES=0
#BACKUP=0
`

const MOTD = `
This is Vitrine: a Linux behind glass. Its kernel and its programs are a
simulation that behaves as Debian GNU/Linux 12 does; nothing here can
harm the computer it runs on, and a new host is one click away.

`

/** Name, port and protocol, further names. */
const SERVICES = `echo 7/tcp
echo 7/udp
discard 9/tcp sink null
discard 9/udp sink null
daytime 13/tcp
ftp-data 20/tcp
ftp 21/tcp
ssh 22/tcp
telnet 23/tcp
smtp 25/tcp mail
time 37/tcp timserver
domain 53/tcp
domain 53/udp
bootps 67/udp
bootpc 68/udp
tftp 69/udp
http 80/tcp www
kerberos 88/tcp kerberos5 krb5 kerberos-sec
pop3 110/tcp pop-3
sunrpc 111/tcp portmapper
sunrpc 111/udp portmapper
ntp 123/udp
imap2 143/tcp imap
snmp 161/tcp
snmp 161/udp
ldap 389/tcp
https 443/tcp
https 443/udp
microsoft-ds 445/tcp
submissions 465/tcp ssmtp smtps urd
syslog 514/udp
submission 587/tcp
ldaps 636/tcp
rsync 873/tcp
imaps 993/tcp
pop3s 995/tcp
socks 1080/tcp
openvpn 1194/tcp
nfs 2049/tcp
nfs 2049/udp
mysql 3306/tcp
postgresql 5432/tcp postgres
x11 6000/tcp x11-0
http-alt 8080/tcp webcache
`

const PROTOCOLS = `ip 0 IP
hopopt 0 HOPOPT
icmp 1 ICMP
igmp 2 IGMP
ipencap 4 IP-ENCAP
tcp 6 TCP
egp 8 EGP
udp 17 UDP
dccp 33 DCCP
ipv6 41 IPv6
ipv6-route 43 IPv6-Route
ipv6-frag 44 IPv6-Frag
gre 47 GRE
esp 50 IPSEC-ESP
ah 51 IPSEC-AH
ipv6-icmp 58 IPv6-ICMP
ipv6-nonxt 59 IPv6-NoNxt
ipv6-opts 60 IPv6-Opts
ospf 89 OSPFIGP
pim 103 PIM
sctp 132 SCTP
udplite 136 UDPLite
`

const columns = (text: string): string =>
  text.replace(/^(\S+) (\S+)/gm, '$1\t\t$2').replace(/(\d\S*) /g, '$1\t')

export const SETTINGS: readonly ImageFile[] = [
  { path: '/etc/login.defs', text: LOGIN_DEFS },
  { path: '/etc/default/useradd', text: USERADD },
  { path: '/etc/adduser.conf', text: ADDUSER },
  { path: '/etc/deluser.conf', text: DELUSER },
  { path: '/etc/motd', text: MOTD },
  { path: '/etc/issue.net', text: 'Debian GNU/Linux 12\n' },
  { path: '/etc/host.conf', text: 'multi on\n' },
  { path: '/etc/networks', text: 'default\t\t0.0.0.0\nloopback\t127.0.0.0\nlink-local\t169.254.0.0\n\n' },
  { path: '/etc/services', text: columns(SERVICES) },
  { path: '/etc/protocols', text: columns(PROTOCOLS) },
  { path: '/etc/modules', text: '# Modules of the kernel to load at boot, one name a line.\n' },
  { path: '/etc/.pwd.lock', text: '', mode: 0o600 },
  { path: '/etc/update-motd.d/10-uname', text: '#!/bin/sh\nuname -snrvm\n', mode: 0o755 },
  {
    path: '/etc/sysctl.d/README.sysctl',
    text: '# Settings of the kernel, one NAME = VALUE a line; sysctl --system reads them.\n',
  },
  {
    path: '/etc/security/limits.conf',
    text: '# Limits of logins, one DOMAIN TYPE ITEM VALUE a line; see limits.conf(5).\n',
  },
]
