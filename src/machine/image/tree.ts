/**
 * The files of a fresh host that are not programs: directories, symbolic links and what is in /etc. Users, groups
 * and release as Debian 12 has them; start-up files in our own words.
 */

import { SETTINGS } from './etc.ts'

/** A directory to make: path, mode, and owner where it is not root. */
export const DIRECTORIES: readonly (readonly [path: string, mode?: number, uid?: number, gid?: number])[] = [
  ['/boot'],
  ['/dev'],
  ['/etc'],
  ['/etc/alternatives'],
  ['/etc/apt'],
  ['/etc/default'],
  ['/etc/ld.so.conf.d'],
  ['/etc/init.d'],
  ['/etc/kernel'],
  ['/etc/modprobe.d'],
  ['/etc/network'],
  ['/etc/opt'],
  ['/etc/pam.d'],
  ['/etc/profile.d'],
  ['/etc/skel'],
  ['/etc/sudoers.d'],
  ['/etc/sysctl.d'],
  ['/etc/security'],
  ['/etc/update-motd.d'],
  ['/home'],
  ['/home/user', 0o755, 1000, 1000],
  ['/media'],
  ['/mnt'],
  ['/opt'],
  ['/proc'],
  ['/root', 0o700],
  ['/run'],
  ['/srv'],
  ['/sys'],
  ['/tmp', 0o1777],
  ['/usr'],
  ['/usr/bin'],
  ['/usr/games'],
  ['/usr/include'],
  ['/usr/lib'],
  ['/usr/lib/x86_64-linux-gnu'],
  ['/usr/lib64'],
  ['/usr/libexec'],
  ['/usr/local'],
  ['/usr/local/bin'],
  ['/usr/local/etc'],
  ['/usr/local/games'],
  ['/usr/local/include'],
  ['/usr/local/lib'],
  ['/usr/local/sbin'],
  ['/usr/local/share'],
  ['/usr/local/src'],
  ['/usr/sbin'],
  ['/usr/share'],
  ['/usr/share/doc'],
  ['/usr/share/man'],
  ['/usr/src'],
  ['/var'],
  ['/var/backups'],
  ['/var/cache'],
  ['/var/lib'],
  ['/var/lib/misc'],
  ['/var/local', 0o2775, 0, 50],
  ['/var/log'],
  ['/var/mail', 0o2775, 0, 8],
  ['/var/opt'],
  ['/var/spool'],
  ['/var/tmp', 0o1777],
]

/** Release of the kernel, in the names of its files. */
export const RELEASE = '6.1.0-56-amd64'

export const LINKS: readonly (readonly [path: string, target: string])[] = [
  ['/initrd.img', `boot/initrd.img-${RELEASE}`],
  ['/initrd.img.old', `boot/initrd.img-${RELEASE}`],
  ['/vmlinuz', `boot/vmlinuz-${RELEASE}`],
  ['/vmlinuz.old', `boot/vmlinuz-${RELEASE}`],
  ['/bin', 'usr/bin'],
  ['/sbin', 'usr/sbin'],
  ['/lib', 'usr/lib'],
  ['/lib64', 'usr/lib64'],
  ['/usr/local/man', 'share/man'],
  ['/var/lock', '/run/lock'],
  ['/var/run', '/run'],
  ['/var/spool/mail', '../mail'],
  ['/etc/mtab', '../proc/self/mounts'],
  ['/etc/os-release', '../usr/lib/os-release'],
  ['/etc/localtime', '/usr/share/zoneinfo/Etc/UTC'],
]

const ACCOUNTS = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
tcpdump:x:100:105::/nonexistent:/usr/sbin/nologin
dnsmasq:x:999:65534:dnsmasq:/var/lib/misc:/usr/sbin/nologin
user:x:1000:1000::/home/user:/bin/bash
`

const GROUPS =
  `root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20
fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39
src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534 input:101 sgx:102
kvm:103 render:104 tcpdump:105 docker:106 user:1000`
    .split(/\s+/)
    .map(group => group.split(':'))

const accountNames = ACCOUNTS.trim()
  .split('\n')
  .map(line => line.split(':')[0]!)

/** Accounts and groups that were added when the host had been installed: they are locked with `!`. */
const LATER = new Set(['tcpdump', 'dnsmasq', 'user', 'input', 'sgx', 'kvm', 'render', 'docker'])
const shadowLine = (name: string): string =>
  `${name}:${LATER.has(name) ? '!' : '*'}:20778:${LATER.has(name) && name !== 'user' ? ':::::' : '0:99999:7:::'}\n`

const BASHRC = `# System-wide start-up file of interactive bash shells.
[ -z "$PS1" ] && return
shopt -s checkwinsize
if [ -z "\${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi
PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
`

/** What readline is told on a Debian host: eight bits a character, and the keys that terminals have in common. */
const INPUTRC = `# /etc/inputrc: the keys of programs that read lines; see readline(3)

set input-meta on
set output-meta on

$if mode=emacs
"\\e[1~": beginning-of-line
"\\e[4~": end-of-line
"\\e[3~": delete-char
"\\e[2~": quoted-insert
"\\e[1;5C": forward-word
"\\e[1;5D": backward-word
"\\e[5C": forward-word
"\\e[5D": backward-word
"\\e\\e[C": forward-word
"\\e\\e[D": backward-word

$if term=rxvt
"\\e[7~": beginning-of-line
"\\e[8~": end-of-line
"\\eOc": forward-word
"\\eOd": backward-word
$endif
$endif
`

const PROFILE = `# System-wide start-up file of login shells.
if [ "\${EUID:-0}" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH
if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    [ -f /etc/bash.bashrc ] && . /etc/bash.bashrc
  elif [ -w / ]; then
    PS1='# '
  else
    PS1='$ '
  fi
fi
if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    [ -r "$i" ] && . "$i"
  done
  unset i
fi
`

const USER_BASHRC = `# Start-up file of interactive bash shells.
case $- in
    *i*) ;;
      *) return;;
esac
HISTCONTROL=ignoreboth
shopt -s histappend
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s checkwinsize
PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
alias ls='ls --color=auto'
alias grep='grep --color=auto'
`

const ROOT_BASHRC = `# Start-up file of root's interactive bash shells.
alias ls='ls --color=auto'
alias grep='grep --color=auto'
`

const USER_PROFILE = `# Start-up file of login shells.
if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then
    . "$HOME/.bashrc"
fi
`

/** A file to make: path, contents, mode, owner. */
export interface ImageFile {
  readonly path: string
  readonly text: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

export const FILES: readonly ImageFile[] = [
  { path: '/etc/passwd', text: ACCOUNTS },
  {
    path: '/etc/shadow',
    text: accountNames.map(shadowLine).join(''),
    mode: 0o640,
    gid: 42,
  },
  { path: '/etc/group', text: GROUPS.map(([name, gid]) => `${name}:x:${gid}:\n`).join('') },
  {
    path: '/etc/gshadow',
    text: GROUPS.map(([name]) => `${name}:${LATER.has(name!) ? '!' : '*'}::\n`).join(''),
    mode: 0o640,
    gid: 42,
  },
  { path: '/etc/subuid', text: 'user:100000:65536\nroot:1000000:65536\n' },
  { path: '/etc/subgid', text: 'user:100000:65536\nroot:1000000:65536\n' },
  { path: '/etc/hostname', text: 'host\n' },
  {
    path: '/etc/hosts',
    text: '127.0.0.1\tlocalhost\n127.0.1.1\thost\n::1\tlocalhost ip6-localhost ip6-loopback\n',
  },
  { path: '/etc/resolv.conf', text: '# This machine has no name server.\n' },
  { path: '/etc/debian_version', text: '12.15\n' },
  { path: '/etc/issue', text: 'Debian GNU/Linux 12 \\n \\l\n\n' },
  { path: '/etc/fstab', text: '/dev/vda / ext4 errors=remount-ro 0 1\n' },
  {
    path: '/etc/shells',
    text: '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n',
  },
  {
    path: '/etc/nsswitch.conf',
    text: 'passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n',
  },
  { path: '/etc/ld.so.conf', text: 'include /etc/ld.so.conf.d/*.conf\n' },
  {
    path: '/etc/ld.so.conf.d/x86_64-linux-gnu.conf',
    text: '/usr/local/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu\n/usr/lib/x86_64-linux-gnu\n',
  },
  { path: '/etc/timezone', text: 'Etc/UTC\n' },
  { path: '/etc/machine-id', text: '0123456789abcdef0123456789abcdef\n' },
  { path: '/etc/environment', text: '' },
  { path: '/etc/sysctl.conf', text: '' },
  { path: '/etc/profile', text: PROFILE },
  { path: '/etc/inputrc', text: INPUTRC },
  { path: '/etc/bash.bashrc', text: BASHRC },
  { path: '/etc/skel/.bash_logout', text: '# Run when a login shell is left.\n' },
  { path: '/etc/skel/.bashrc', text: USER_BASHRC },
  { path: '/etc/skel/.profile', text: USER_PROFILE },
  { path: '/root/.bashrc', text: ROOT_BASHRC },
  { path: '/root/.profile', text: USER_PROFILE },
  { path: '/home/user/.bashrc', text: USER_BASHRC, uid: 1000, gid: 1000 },
  { path: '/home/user/.bash_logout', text: '# Run when a login shell is left.\n', uid: 1000, gid: 1000 },
  { path: '/home/user/.profile', text: USER_PROFILE, uid: 1000, gid: 1000 },
  {
    path: '/usr/lib/os-release',
    text: `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`,
  },
  {
    path: '/etc/sudoers',
    mode: 0o440,
    text: `#
# This file MUST be edited with the 'visudo' command as root.
#
# Please consider adding local content in /etc/sudoers.d/ instead of
# directly modifying this file.
#
# See the man page for details on how to write a sudoers file.
#
Defaults\tenv_reset
Defaults\tmail_badpass
Defaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# This fixes CVE-2005-4890 and possibly breaks some versions of kdesu
# (#1011624, https://bugs.kde.org/show_bug.cgi?id=452532)
Defaults\tuse_pty

# This preserves proxy settings from user environments of root
# equivalent users (group sudo)
#Defaults:%sudo env_keep += "http_proxy https_proxy ftp_proxy all_proxy no_proxy"

# This allows running arbitrary commands, but so does ALL, and it means
# different sudoers have their choice of editor respected.
#Defaults:%sudo env_keep += "EDITOR"

# Completely harmless preservation of a user preference.
#Defaults:%sudo env_keep += "GREP_COLOR"

# While you shouldn't normally run git as root, you need to with etckeeper
#Defaults:%sudo env_keep += "GIT_AUTHOR_* GIT_COMMITTER_*"

# Per-user preferences; root won't have sensible values for them.
#Defaults:%sudo env_keep += "EMAIL DEBEMAIL DEBFULLNAME"

# "sudo scp" or "sudo rsync" should be able to use your SSH agent.
#Defaults:%sudo env_keep += "SSH_AGENT_PID SSH_AUTH_SOCK"

# Ditto for GPG agent
#Defaults:%sudo env_keep += "GPG_AGENT_INFO"

# Host alias specification

# User alias specification

# Cmnd alias specification

# User privilege specification
root\tALL=(ALL:ALL) ALL

# Allow members of group sudo to execute any command
%sudo\tALL=(ALL:ALL) ALL

# See sudoers(5) for more information on "@include" directives:

@includedir /etc/sudoers.d
`,
  },
  {
    path: '/etc/sudo.conf',
    text: '# Settings of sudo itself: plugins, programs, debugging. See sudo.conf(5); all are as built in.\n',
  },
  {
    path: '/etc/sudoers.d/README',
    mode: 0o440,
    text: `#
# The default /etc/sudoers file created on installation of the
# sudo  package now includes the directive:
# 
# \t@includedir /etc/sudoers.d
# 
# This will cause sudo to read and parse any files in the /etc/sudoers.d 
# directory that do not end in '~' or contain a '.' character.
# 
# Note that there must be at least one file in the sudoers.d directory (this
# one will do).
# 
# Note also, that because sudoers contents can vary widely, no attempt is 
# made to add this directive to existing sudoers files on upgrade.  Feel free
# to add the above directive to the end of your /etc/sudoers file to enable 
# this functionality for existing installations if you wish! Sudo
# versions older than the one in Debian 11 (bullseye) require the
# directive will only support the old syntax #includedir, and the current
# sudo will happily accept both @includedir and #includedir
#
# Finally, please note that using the visudo command is the recommended way
# to update sudoers content, since it protects against many failure modes.
# See the man page for visudo and sudoers for more information.
#
`,
  },
  { path: '/etc/sudoers.d/user', mode: 0o440, text: 'user ALL=(ALL) NOPASSWD: ALL\n' },
  ...SETTINGS,
]
