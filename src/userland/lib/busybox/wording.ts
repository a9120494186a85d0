/**
 * How busybox words what the programs of the same names complain about, and the line its id prints.
 * Linux: busybox libbb/verror_msg.c and the applets.
 */
import { decode, type Sys } from '../../../abi/index.ts'
import { markApplet, overriding } from './standalone.ts'

/** What the host's program says and what busybox says instead. */
const WORDINGS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  cat: [[/^cat: (.*): (.*)$/gm, "cat: can't open '$1': $2"]],
  chroot: [
    [/: cannot change root directory to /g, ": can't change root directory to "],
    [/: failed to run command /g, ": can't execute "],
  ],
  cp: [
    [/: cannot stat /g, ": can't stat "],
    [/: -r not specified; omitting directory /g, ': omitting directory '],
  ],
  printf: [
    [/: ('.*'): (?:expected a numeric value|value not completely converted)/g, ': invalid number $1'],
    [/: invalid conversion specification/g, ': invalid format'],
  ],
  head: [[/: cannot open '(.*)' for reading: /g, ': $1: ']],
  kill: [[/: \((\d+)\): /g, ": can't kill pid $1: "]],
  ln: [[/: failed to create (?:symbolic|hard) link '(.*?)'(?: -> '.*?')?: /g, ': $1: ']],
  ls: [[/: cannot (?:access|open directory) '(.*)': /g, ': $1: ']],
  mkdir: [[/: cannot create directory /g, ": can't create directory "]],
  mount: [
    [/^mount: failed to read mtab: .*$/gm, 'mount: no /proc/mounts'],
    [
      /^mount: (.*): special device (.*) does not exist\.$/gm,
      'mount: mounting $2 on $1 failed: No such file or directory',
    ],
    [
      /^mount: (.*): mount point does not exist\.$/gm,
      'mount: mounting {source} on $1 failed: No such file or directory',
    ],
    [
      /^mount: (.*): (?:permission denied|must be superuser to use mount)\.$/gm,
      'mount: permission denied (are you root?)',
    ],
    [/^mount: (.*): unknown filesystem type '(.*)'\.$/gm, 'mount: mounting $2 on $1 failed: No such device'],
    [
      /^mount: (.*): wrong fs type, bad option, bad superblock on (.*?), .*$/gm,
      'mount: mounting $2 on $1 failed: Invalid argument',
    ],
    [/^ {7}dmesg\(1\).*\n/gm, ''],
  ],
  mv: [[/: cannot stat '(.*)': /g, ": can't rename '$1': "]],
  rm: [
    [/: cannot remove '(.*)': Is a directory/g, ": '$1' is a directory"],
    [/: cannot remove /g, ": can't remove "],
  ],
  rmdir: [[/: failed to remove /g, ': ']],
  sh: [
    [/: \d+: cannot create (.*): Directory nonexistent$/gm, ": can't create $1: nonexistent directory"],
    [/: \d+: cannot create /g, ": can't create "],
    [/: \d+: cannot open (.*): No such file$/gm, ": can't open $1: no such file"],
    [/: \d+: cannot open /g, ": can't open "],
    [/: \d+: cd: can't cd to (.*)$/gm, ": cd: line 0: can't cd to $1: No such file or directory"],
    [/: \d+: (.*): (not found|Permission denied)$/gm, ': $1: $2'],
  ],
  sleep: [[/: invalid time interval /g, ': invalid number ']],
  tail: [[/: cannot open '(.*)' for reading: /g, ": can't open '$1': "]],
  touch: [[/: cannot touch '(.*)': /g, ': $1: ']],
  umount: [
    [/^umount: (.*): target is busy\.$/gm, "umount: can't unmount $1: Device or resource busy"],
    [/^umount: (.*): not mounted\.$/gm, "umount: can't unmount $1: Invalid argument"],
    [/^umount: (.*): no mount point specified\.$/gm, "umount: can't unmount $1: No such file or directory"],
    [/^umount: (.*): must be superuser to unmount\.$/gm, "umount: can't unmount $1: Operation not permitted"],
  ],
  whoami: [[/: cannot find name for user ID /g, ': unknown uid ']],
}

/** The same process, but what it writes on standard error is worded as busybox does it. */
export function reworded(sys: Sys, name: string, argv: readonly string[] = [], refusal?: Refusal): Sys {
  const text = (data: Uint8Array | string): string => (typeof data === 'string' ? data : decode(data))
  const it = overriding(sys, {
    *write(fd, data) {
      const words =
        fd === 2
          ? refused(reword(name, argv, text(data)), refusal)
          : fd === 1 && name === 'id' && argv.length < 2
            ? ownGroups(sys, text(data))
            : data
      const written = yield* sys.write(fd, words)
      // The program must not write the rest of what it had.
      return words === data ? written : data.length
    },
    clone: (flags, child) => sys.clone(flags, its => child(reworded(its, name, argv, refusal))),
  })
  return markApplet(it)
}

/** What an applet says after a wrong option, and whether it came to that. */
export interface Refusal {
  readonly usage: string
  happened: boolean
}

/** Instead of naming --help busybox prints it. */
function refused(text: string, refusal: Refusal | undefined): string {
  const hint = /^(?:\S+: )?Try [`'].* --help' for more information\.\n|^Usage: [\s\S]*\nTry .*\n/m
  if (!refusal || !hint.test(text)) return text
  refusal.happened = true
  return text.replace(hint, refusal.usage)
}

/** `{source}` is the last word but one of the command. */
function reword(name: string, argv: readonly string[], text: string): string {
  let words = text.replace(/[‘’]/g, "'")
  for (const [from, to] of WORDINGS[name] ?? []) words = words.replace(from, to)
  return words.replace('{source}', argv.at(-2) ?? '')
}

/** busybox names the groups as the kernel has them, and without being asked for a user does not add the own one. */
function ownGroups(sys: Sys, text: string): string {
  const groups = sys.getgroups()
  if (!groups.length) return text.replace(/^(uid=.*) groups=.*$/gm, '$1')
  return groups.includes(sys.getegid()) ? text : text.replace(/^(uid=.* groups=)[^,]*,/gm, '$1')
}

/** Where busybox's exit statuses differ. */
export const STATUSES: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  ls: { 2: 1 },
  umount: { 32: 1 },
  mount: { 2: 1, 32: 255 },
}
