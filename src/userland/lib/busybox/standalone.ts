/**
 * Running as an applet of busybox: which programs it carries inside itself, how they find each other without $PATH,
 * and how a program knows that it is one, since some speak another dialect than the host's programs.
 * Linux: busybox libbb/appletlib.c; FEATURE_SH_STANDALONE, FEATURE_PREFER_APPLETS.
 */
import { type Blocking, Errno, PR_SET_NAME, type Program, type Sys } from '../../../abi/index.ts'

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

/** Whether busybox has an applet of this name here. */
export const hasApplet = (name: string): boolean =>
  OWN.has(name) || (BORROWED.has(name) && applets.has(appletName(name)))

/** What a process of busybox executes for a command that busybox itself has; undefined for all others. */
export function appletPath(sys: Sys, name: string): string | undefined {
  if (!hasApplet(name) || !(RUNS_INSIDE.has(name) || canExecuteItself(sys))) return undefined
  for (let it: Sys | null = sys; it; it = Object.getPrototypeOf(it))
    if (standalone.has(it)) return PREFIX + name
  return undefined
}

/** Whether /proc/self/exe is there: in a chroot without /proc busybox cannot execute itself. */
function canExecuteItself(sys: Sys): boolean {
  try {
    sys.readlink('/proc/self/exe')
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return false
  }
}

/** Names of busybox for programs that are called otherwise here. */
export const appletName = (name: string): string => SAME[name] ?? name
const SAME: Readonly<Record<string, string>> = { ash: 'sh', '[[': '[' }

/** The `Sys` of a process of busybox, and of all it forks: executing an applet means becoming it on the spot. */
export function inside(
  sys: Sys,
  run: (sys: Sys, argv: readonly string[], envp: readonly string[]) => Blocking<number>,
): Sys {
  const it = overriding(sys, {
    clone: (flags, child) => sys.clone(flags, its => child(inside(its, run))),
    *execve(path, argv, envp) {
      if (!path.startsWith(PREFIX)) return yield* sys.execve(path, argv, envp)
      sys.prctl(PR_SET_NAME, path.slice(PREFIX.length))
      return yield* sys.exit_group(yield* run(sys, [path.slice(PREFIX.length), ...argv.slice(1)], envp))
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

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Applets that have programs of their own (run.ts). */
export const OWN = words(
  'busybox cal crc32 date df dos2unix free kill killall ls nuke pidof ps seq sha3sum start-stop-daemon switch_root time unix2dos usleep ' +
    'uudecode uuencode wc',
)

/** Those of Debian's busybox that are the host's programs, as far as it has them. */
const BORROWED = words(
  '[ [[ ar arch ash awk base64 basename bc blkdiscard blockdev bunzip2 bzcat bzip2 cal cat chgrp chmod chown chroot ' +
    'clear cmp cp cpio cut date dc dd df diff dirname dmesg dpkg dpkg-deb du echo ed egrep env expand expr factor ' +
    'fallocate false fdisk fgrep find findfs fold free fsfreeze fstrim getopt getty grep groups gunzip gzip head hexdump ' +
    'hostid hostname hwclock id insmod ionice kill killall last less link linux32 linux64 ln logger login logname ' +
    'losetup ls lsmod lsscsi lzcat lzma lzop md5sum mkdir mkfifo mknod mkpasswd mkswap mktemp modinfo modprobe more ' +
    'mount mt mv nl nologin nproc nsenter od partprobe passwd paste patch pidof pivot_root printf pwd readlink ' +
    'realpath renice reset rev rm rmdir rmmod run-parts sed seq setpriv setsid sh sha1sum sha256sum sha512sum shred ' +
    'shuf sleep sort start-stop-daemon stat strings stty su swapoff swapon switch_root sync sysctl tac tail tar ' +
    'taskset tee test timeout top touch tr true truncate tty umount uname uncompress unexpand uniq unlink unlzma unshare ' +
    'unxz unzip uptime vi w watch wc which who whoami xargs xxd xz xzcat yes zcat',
)

/** Applets that the shell becomes without executing anything. Linux: APPLET_NOEXEC, APPLET_NOFORK. */
const RUNS_INSIDE = words(
  '[ [[ echo false printf sh ash test true yes busybox cat adjtimex arch awk basename blkdiscard ' +
    'blockdev brctl cal chgrp chmod chown chroot chvt clear cp crc32 cut date dd deallocvt df dirname ' +
    'dnsdomainname dos2unix dumpkmap dumpleases env expr fatattr find fold free freeramdisk fsfreeze ' +
    'fstrim getopt groups head hexdump hostid hostname id insmod ionice ip ipcalc ipneigh kill killall ' +
    'link linux32 linux64 ln loadfont loadkmap logname losetup ls lsmod lsscsi md5sum mkdir mkfifo mknod ' +
    'mkpasswd mktemp modinfo modprobe mv nameif nproc nuke partprobe paste pivot_root ps pwd readlink ' +
    'realpath renice reset resume rm rmdir rmmod seq setkeycodes sha1sum sha256sum sha3sum sha512sum shuf ' +
    'sort stat stty sulogin svc svok sync sysctl tac taskset touch truncate tty tunctl umount uname ' +
    'unix2dos unlink uptime usleep vconfig w which who whoami xargs xxd',
)

/** All names that may be applets here, in busybox's order. */
export const names = (): string[] => [...new Set([...OWN, ...BORROWED])].filter(hasApplet).sort()
