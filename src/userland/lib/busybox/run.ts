/**
 * Becoming an applet: the words of the command line are checked as busybox checks them, then the applet's own program
 * or the host's of the same name runs, with what it writes on standard error worded as busybox words it.
 * Linux: busybox libbb/appletlib.c (run_applet_no_and_exit), libbb/getopt32.c.
 */
import type { Blocking, Program, Sys } from '../../../abi/index.ts'
import { GetoptError } from '../getopt.ts'
import { parseLetters } from './applet.ts'
import { STATUSES } from './messages.ts'
import { PROGRAMS } from './programs.ts'
import { appletName, applets, hasApplet, inside } from './standalone.ts'
import { SYNOPSES } from './synopses.ts'
import { takesHelp, usageOf } from './usage.ts'
import { type Refusal, reworded } from './wording.ts'

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Become the applet that argv[0] names. */
export function* runApplet(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<number> {
  const name = base(argv[0]!).replace(/^-/, '')
  const program = hasApplet(name) ? (PROGRAMS[name] ?? applets.get(appletName(name))) : undefined
  if (!program) {
    yield* sys.write(2, `${name}: applet not found\n`)
    return 127
  }
  if (argv[1] === '--help' && takesHelp(name)) {
    yield* sys.write(1, usageOf(name, applets.get(appletName(name))))
    return 0
  }
  const its = inside(sys, runApplet)
  if (name === 'sh' || name === 'ash') return yield* program(reworded(its, 'sh'), argv, envp)

  const wrong = mistake(name, argv.slice(1))
  if (wrong !== undefined) {
    yield* sys.write(2, `${wrong && `${name}: ${wrong}\n`}${usageOf(name, applets.get(appletName(name)))}`)
    return REFUSALS[name] ?? 1
  }
  return yield* speaking(its, name, program, argv, envp)
}

/** The program in busybox's words; when it does not understand its command line, the synopsis and status 1. */
function* speaking(
  sys: Sys,
  name: string,
  program: Program,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  const args = argv.slice(1)
  const called =
    name === '[[' ? ['[', ...args.slice(0, -1), ']'] : [name, ...(TRANSLATED[name]?.(args) ?? args)]
  const refusal: Refusal = {
    usage: usageOf(name, applets.get(appletName(name))),
    happened: false,
    printed: false,
    isOver: false,
  }
  const answered = ANSWERS[name]?.[args[0] ?? '']
  if (answered !== undefined) {
    yield* sys.write(1, answered)
    return 0
  }
  const pathless = name === 'which' && !envp.some(it => it.startsWith('PATH='))
  const environment = pathless ? [...envp, 'PATH=/sbin:/usr/sbin:/bin:/usr/bin'] : envp
  const status = yield* program(reworded(sys, name, called, refusal), called, environment)
  if (refusal.happened) return REFUSALS[name] ?? 1
  // To GNU's grep -L succeeds when a line matches, to busybox's when a name is printed.
  if (name === 'grep' && status < 2 && args.some(it => /^-[a-zA-Z]*L/.test(it)))
    return refusal.printed ? 0 : 1
  if (name === 'tail' && status === 1 && !refusal.printed) yield* sys.write(2, 'tail: no files\n')
  return refusal.status ?? STATUSES[name]?.[status] ?? status
}

/** Statuses of a wrong command line other than 1. */
const REFUSALS: Readonly<Record<string, number>> = { grep: 2, egrep: 2, fgrep: 2, diff: 2, cmp: 2, sort: 2 }

/** What is wrong with the words after the name; '' when there is nothing to say about it but the synopsis. */
function mistake(name: string, args: readonly string[]): string | undefined {
  const { options, operands, unless = '' } = SYNOPSES[name] ?? {}
  let rest = args
  if (name === 'find') return wrongFind(args)
  if (options !== undefined) {
    try {
      const parsed = parseLetters(name, args)
      rest = parsed.args
      if (parsed.order.some(it => unless.includes(it.key))) return undefined
    } catch (e) {
      if (!(e instanceof GetoptError)) throw e
      return e.message
    }
  }
  if (operands === undefined) return undefined
  const [least = 0, most = least] = operands
    .split(/[-+]/)
    .map(it => (it ? Number(it) : Number.POSITIVE_INFINITY))
  return rest.length < least || rest.length > most ? '' : undefined
}

/** Those that look for no options at all. */
function asOperands(args: readonly string[]): readonly string[] {
  return ['--', ...args]
}

/** Options that the host's program spells otherwise, or ranks otherwise. */
const TRANSLATED: Readonly<Record<string, (args: readonly string[]) => readonly string[]>> = {
  // Of -L, -H and -P the first in this order counts, whichever comes last.
  cp: args =>
    args.map(arg =>
      /^-\w*L/.test(arg) ? arg.replace(/[HP]/g, '') : /^-\w*H/.test(arg) ? arg.replace(/P/g, '') : arg,
    ),
  // busybox knows unified differences only.
  diff: args => (args.some(arg => /^-\w*[qU]/.test(arg)) ? args : ['-U3', ...args]),
  od: args =>
    args.flatMap(arg => (arg === '--traditional' ? [] : arg === '-I' || arg === '-L' ? ['-td8'] : [arg])),
  chroot: asOperands,
  dirname: asOperands,
  realpath: asOperands,
  sleep: asOperands,
  unexpand: args => args.map(arg => (arg === '-f' ? '--first-only' : arg)),
  yes: asOperands,
}

/** What is answered at once. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sed: { '--version': 'This is not GNU sed version 4.0\n' },
}

/** What Debian's busybox has of find's expressions: those with a value, and those without. */
const FIND_VALUED = new Set(
  (
    '-maxdepth -mindepth -name -iname -path -ipath -regex -type -perm -mtime -atime -ctime -mmin -amin -cmin -newer ' +
    '-inum -samefile -user -group -size -links'
  ).split(' '),
)
const FIND_PLAIN = new Set(
  '-follow -H -L -xdev -depth -executable -empty -prune -print -print0 -quit -a -o -not -and -or'.split(' '),
)

/** The first word of find's expression that busybox does not know. */
function wrongFind(args: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '-exec') while (i < args.length && args[i] !== ';' && args[i] !== '+') i++
    else if (FIND_VALUED.has(word)) i++
    else if (word.startsWith('-') && word !== '-' && !FIND_PLAIN.has(word)) return `unrecognized: ${word}`
  }
  return undefined
}
