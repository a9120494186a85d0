/**
 * The programs busybox carries inside itself, and how its shell runs them without looking into $PATH.
 * Linux: busybox libbb/appletlib.c, FEATURE_SH_STANDALONE, FEATURE_SH_NOFORK.
 */
import { type Blocking, PR_SET_NAME, type Program, type Sys } from '../../abi/index.ts'

/** Every program of the host by name. Filled where the host is put together, since the shell is one of them. */
export const applets = new Map<string, Program>()

const busyboxes = new WeakSet<Sys>()

/** Whether the program runs as an applet of busybox, some of which speak another dialect than the host's programs. */
export function isApplet(sys: Sys): boolean {
  for (let it: Sys | null = sys; it; it = Object.getPrototypeOf(it)) if (busyboxes.has(it)) return true
  return false
}

/** Marks the `Sys` of an applet. */
export function markApplet(sys: Sys): Sys {
  busyboxes.add(sys)
  return sys
}

/** A path, so that nobody looks for it in $PATH again. */
const PREFIX = 'busybox:/'
const standalone = new WeakSet<Sys>()

/** What a shell inside busybox executes for a command that busybox itself has; undefined for all others. */
export const appletPath = (sys: Sys, name: string): string | undefined =>
  standalone.has(sys) && BUSYBOX.has(name) && applets.has(appletName(name)) ? PREFIX + name : undefined

/** Names of busybox for programs that are called otherwise here. */
export const appletName = (name: string): string => (name === 'ash' ? 'sh' : name === '[[' ? '[' : name)

/** The `Sys` of a process of busybox's shell, and of all it forks: executing an applet means becoming it on the spot. */
export function inside(
  sys: Sys,
  run: (sys: Sys, argv: readonly string[], envp: readonly string[]) => Blocking<number>,
): Sys {
  const it = overriding(sys, {
    clone: (flags, child) => sys.clone(flags, its => child(inside(its, run))),
    *execve(path, argv, envp) {
      if (!path.startsWith(PREFIX)) return yield* sys.execve(path, argv, envp)
      sys.prctl(PR_SET_NAME, argv[0] ?? '')
      return yield* sys.exit(yield* run(sys, argv, envp))
    },
  })
  standalone.add(it)
  return it
}

/** The same process with some calls going elsewhere. */
export const overriding = (sys: Sys, calls: Partial<Sys>): Sys =>
  Object.create(
    sys,
    Object.fromEntries(Object.entries(calls).map(([name, value]) => [name, { value }])),
  ) as Sys

/** The applets Debian's busybox has. */
export const BUSYBOX: ReadonlySet<string> = new Set(
  (
    '[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blockdev brctl bunzip2 busybox ' +
    'bzcat bzip2 cal cat chgrp chmod chown chroot chvt clear cmp cp cpio crc32 crond crontab cttyhack cut date dc dd ' +
    'deallocvt depmod devmem df diff dirname dmesg dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ' +
    'ed egrep env expand expr factor fallocate false fatattr fdisk fgrep find findfs fold free freeramdisk fsfreeze ' +
    'fstrim ftpget ftpput getopt getty grep groups gunzip gzip halt head hexdump hostid hostname httpd hwclock ' +
    'i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifup init insmod ionice ip ipcalc ipneigh kill ' +
    'killall klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup ls ' +
    'lsmod lsscsi lzcat lzma lzop md5sum mdev microcom mim mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp ' +
    'modinfo modprobe more mount mt mv nameif nc netstat nl nologin nproc nsenter nslookup nuke od openvt partprobe ' +
    'passwd paste patch pidof ping ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot renice reset ' +
    'resume rev rm rmdir rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh sha1sum ' +
    'sha256sum sha3sum sha512sum shred shuf sleep sort ssl_client start-stop-daemon stat strings stty su sulogin svc ' +
    'svok swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tee telnet telnetd test tftp time ' +
    'timeout top touch tr traceroute traceroute6 true truncate ts tty tunctl ubirename udhcpc udhcpd uevent umount ' +
    'uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode vconfig ' +
    'vi w watch watchdog wc wget which who whoami xargs xxd xz xzcat yes zcat'
  ).split(' '),
)
