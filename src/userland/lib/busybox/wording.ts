/**
 * A process that speaks as busybox does: what it writes on standard error, and some of what it prints, is reworded
 * on the way to the descriptor, and where GNU's programs name --help the synopsis is printed.
 * Linux: busybox libbb/verror_msg.c, bb_show_usage().
 */
import { decode, type Sys } from '../../../abi/index.ts'
import { WORDINGS } from './messages.ts'
import { markApplet, overriding } from './standalone.ts'

/** The same process, but what it writes on standard error is worded as busybox does it. */
export function reworded(sys: Sys, name: string, argv: readonly string[] = [], refusal?: Refusal): Sys {
  const text = (data: Uint8Array | string): string => (typeof data === 'string' ? data : decode(data))
  const it = overriding(sys, {
    *write(fd, data) {
      if (fd === 1 && refusal) refusal.printed = true
      if (fd === 2 && refusal?.isOver) return data.length
      const words =
        fd === 2
          ? complaint(reword(name, argv, text(data)), refusal)
          : fd === 1 && SHOWN[name]
            ? SHOWN[name](text(data), sys, argv)
            : data
      const written = yield* sys.write(fd, words)
      // The program must not write the rest of what it had.
      return words === data ? written : data.length
    },
    clone: (flags, child) => sys.clone(flags, its => child(reworded(its, name, argv, refusal))),
  })
  return markApplet(it)
}

/** Messages that busybox adds nothing to, where GNU's programs go on. */
const LAST_WORDS = /^(?:tar: short read|(?:sleep|timeout|chmod): invalid |cut: |expr: )/

/** What is printed otherwise than by the host's programs. */
const SHOWN: Readonly<Record<string, (text: string, sys: Sys, argv: readonly string[]) => string>> = {
  cmp: text => text.replace(/ differ: byte /, ' differ: char ').replace(/^ +(?=\d)/gm, ''),
  diff: text => text.replace(/^((?:---|\+\+\+) .*?)\t\d{4}-.*$/gm, '$1'),
  tar: text => text.replace(/ link to (.*)$/gm, ' -> $1'),
  id: (text, sys, argv) => (argv.length < 2 ? ownGroups(sys, text) : text),
  mount: text => text.replace(/^mount: .* (?:mounted|bound|moved|move mount) .*\n/gm, ''),
  nologin: () => 'This account is not available\n',
  renice: () => '',
  umount: text => text.replace(/^umount: .* unmounted\n/gm, ''),
}

/** What mount is to mount, and where: the words that are no options and no values of -t and -o. */
const operandsOf = (argv: readonly string[]): string[] =>
  argv.slice(1).filter((word, i, words) => !word.startsWith('-') && !/^-\w*[toTO]$/.test(words[i - 1] ?? ''))

const NAMESPACES: Readonly<Record<string, number>> = {
  m: 0x20000,
  u: 0x4000000,
  i: 0x8000000,
  n: 0x40000000,
  p: 0x20000000,
  U: 0x10000000,
}

/** What unshare(2) was asked for. */
function namespaceFlags(argv: readonly string[]): string {
  let flags = 0
  for (const word of argv.slice(1)) {
    if (!word.startsWith('-') || word === '--') break
    const letters = word.startsWith('--') ? (word === '--user' ? 'U' : word[2]!) : word.slice(1)
    for (const letter of letters) flags |= NAMESPACES[letter] ?? 0
  }
  return `0x${(flags >>> 0).toString(16)}`
}

/** What an applet says after a wrong option, and whether it came to that. */
export interface Refusal {
  readonly usage: string
  happened: boolean
  /** Something came out on standard output. */
  printed: boolean
  /** The last word was said; what the host's program adds is dropped. */
  isOver: boolean
  /** The status that a message stands for. */
  status?: number
}

function complaint(text: string, refusal: Refusal | undefined): string {
  if (refusal && /\(are you root\?\)|^mount: (?:\/|can't find)/.test(text)) refusal.status = 1
  if (!refusal || !LAST_WORDS.test(text)) return refused(text, refusal)
  refusal.isOver = true
  return text.slice(0, text.indexOf('\n') + 1)
}

/** Instead of naming --help busybox prints it. */
function refused(text: string, refusal: Refusal | undefined): string {
  const hint =
    /^(?:\S+: (?:missing|extra) (?:file |destination file )?operand.*\n)?(?:\S+: )?Try [`'].* --help'.* for more information\.\n|^\n?Usage:[\s\S]*/m
  if (!refusal || !hint.test(text)) return text
  refusal.happened = true
  return text.replace(hint, refusal.usage)
}

/** `{source}` is the last word but one of the command. */
function reword(name: string, argv: readonly string[], text: string): string {
  let words = text.replace(/[‘’]/g, "'")
  for (const [from, to] of WORDINGS[name] ?? []) words = words.replace(from, to)
  return (
    words
      .replace('{source}', operandsOf(argv).at(-2) ?? '')
      .replace('{target}', operandsOf(argv).at(-1) ?? '')
      .replace('{flags}', namespaceFlags(argv))
      // gzip names what it looked for last.
      .replace(/\{given (.*?)\}/g, (_, name: string) =>
        argv.includes(name) ? name : name.replace(/\.gz$/, ''),
      )
      .replace(
        /mounting {2}on (\S+) failed: .*/,
        argv.some(it => it.includes('remount'))
          ? "can't find $1 in /proc/mounts"
          : '$1: No such file or directory',
      )
      // To busybox a type that begins with "no" is a type like others.
      .replace(
        /^(mount: mounting \S+ on \S+ failed: )No such file or directory$/m,
        /^no(?!ne$)/.test(argv[argv.indexOf('-t') + 1] ?? '') && argv.includes('-t')
          ? '$1No such device'
          : '$&',
      )
      .replace('{pattern}', argv.slice(1).find(it => !it.startsWith('-')) ?? '')
  )
}

/** busybox names the groups as the kernel has them, and without being asked for a user does not add the own one. */
function ownGroups(sys: Sys, text: string): string {
  const groups = sys.getgroups()
  if (!groups.length) return text.replace(/^(uid=.*) groups=.*$/gm, '$1')
  return groups.includes(sys.getegid()) ? text : text.replace(/^(uid=.* groups=)[^,]*,/gm, '$1')
}
