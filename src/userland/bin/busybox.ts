/**
 * busybox - the Swiss army knife of embedded Linux: many programs in one static binary
 * Linux: busybox 1.35, libbb/appletlib.c; busybox(1).
 *
 * Most of its applets are the host's programs with busybox's synopses, messages and statuses; those that print otherwise
 * are programs of their own. See lib/busybox. Left out: applets of the network, of fonts, keyboards and hardware.
 */
import { type Blocking, EEXIST, Errno, type Sys } from '../../abi/index.ts'
import { runApplet } from '../lib/busybox/run.ts'
import { names } from '../lib/busybox/standalone.ts'
import { BANNER } from '../lib/busybox/usage.ts'
import { command, fatal, type Process } from '../lib/command.ts'

const INTRODUCTION = `BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
`

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export default command({
  name: 'busybox',
  summary: 'many common Unix utilities in a single executable',
  suite: 'other',
  usage: 'busybox [function [arguments]...]',
  raw: true,

  *main(sys, _flags, args, me) {
    const called = base(me.argv[0] ?? 'busybox')
    if (!called.replace(/^-/, '').startsWith('busybox')) return yield* runApplet(sys, me.argv, me.envp)
    return yield* busybox(sys, args, me)
  },
})

/** busybox under its own name. */
function* busybox(sys: Sys, args: readonly string[], me: Process): Blocking<number> {
  const [first] = args
  if (first === undefined || first === '--help') {
    me.out.print(BANNER + INTRODUCTION + wrapped(names()))
    return 0
  }
  if (first === '--list' || first === '--list-full') {
    for (const name of names()) me.out.line(first === '--list' ? name : placeOf(name).slice(1))
    return 0
  }
  if (first === '--install') return yield* install(sys, me, args.slice(1))
  if (first === 'busybox') return yield* busybox(sys, args.slice(1), me)
  if (!first.startsWith('-')) return yield* runApplet(sys, args, me.envp)
  yield* sys.write(2, `${first}: applet not found\n`)
  return 127
}

/** The names in lines as wide as a terminal. */
function wrapped(list: readonly string[]): string {
  let text = ''
  let line = ''
  for (const name of list) {
    const word = name === list.at(-1) ? name : `${name}, `
    if (8 + line.length + word.trimEnd().length > 79) {
      text += `\t${line.trimEnd()}\n`
      line = ''
    }
    line += word
  }
  return `${text}\t${line}\n`
}

const SBIN = new Set(
  (
    'acpid adjtimex arp blockdev depmod devmem fdisk findfs freeramdisk fstrim getty halt hwclock ' +
    'ifconfig ifdown ifup init insmod ip ipneigh klogd loadkmap logread losetup lsmod mdev mkdosfs mke2fs ' +
    'mkswap modinfo modprobe nameif pivot_root poweroff reboot rmmod route run-init start-stop-daemon ' +
    'sulogin swapoff swapon switch_root sysctl syslogd tc tunctl udhcpc uevent vconfig watchdog'
  ).split(' '),
)
const USR_SBIN = new Set(
  (
    'arping brctl chroot crond fsfreeze httpd i2cdetect i2cdump i2cget i2cset i2ctransfer loadfont mim ' +
    'nologin partprobe rdate telnetd ubirename udhcpd'
  ).split(' '),
)
const BIN = new Set(
  (
    'arch ash base64 busybox cat chgrp chmod chown cp cpio cttyhack date dd df dmesg dnsdomainname ' +
    'dumpkmap echo ed egrep false fatattr fgrep getopt grep gunzip gzip hostname ionice ipcalc kill link ' +
    'linux32 linux64 ln login ls lzop mkdir mknod mktemp more mount mt mv netstat nuke pidof ping ping6 ' +
    'ps pwd readlink resume rev rm rmdir rpm run-parts sed setpriv sh sleep stat stty su sync tar touch ' +
    'true umount uname uncompress usleep vi watch zcat'
  ).split(' '),
)

/** Where a full installation puts an applet. */
function placeOf(name: string): string {
  if (SBIN.has(name)) return `/sbin/${name}`
  if (USR_SBIN.has(name)) return `/usr/sbin/${name}`
  return BIN.has(name) ? `/bin/${name}` : `/usr/bin/${name}`
}

/** Where busybox is. In a chroot without /proc that cannot be asked: then as it was called. */
function ownPath(sys: Sys, argv0: string): string {
  try {
    return sys.readlink('/proc/self/exe')
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (!argv0.startsWith('/')) throw fatal(`'${argv0}' is not an absolute path`)
    return argv0
  }
}

/** Links for every applet: into one directory, or to where they belong. */
function* install(sys: Sys, me: Process, args: readonly string[]): Blocking<number> {
  const symbolic = args[0] === '-s'
  const [dir] = symbolic ? args.slice(1) : args
  const self = ownPath(sys, me.argv[0]!)
  for (const name of names()) {
    const path = dir === undefined ? placeOf(name) : `${dir}/${name}`
    try {
      if (symbolic) sys.symlink(self, path)
      else sys.link(self, path)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (e !== EEXIST) yield* me.warn(path, e)
    }
  }
  return 0
}
