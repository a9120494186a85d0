/**
 * The command line of lsof: letters after - and +, some with a value at once or in the next word.
 * Linux: lsof main.c, arg.c.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import type { Process } from '../command.ts'

/** What follows a complaint about the command line. */
export const USAGE = `lsof 4.95.0
 latest revision: https://github.com/lsof-org/lsof
 latest FAQ: https://github.com/lsof-org/lsof/blob/master/00FAQ
 latest (non-formatted) man page: https://github.com/lsof-org/lsof/blob/master/Lsof.8
 usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]
 [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]
 [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]
Use the \`\`-h'' option to get more help information.
`
export const HELP = `${USAGE.replace(/Use the.*\n/, '')}Defaults in parentheses; comma-separated set (s) items; dash-separated ranges.
  -?|-h list help          -a AND selections (OR)     -c c  cmd c ^c /c/[bix]
  +c w  COMMAND width (9)  +d s  dir s files          -d s  select by FD set
  +D D  dir D tree *SLOW?* -F [f] select fields       +f g  file flags
  -g [s] select and print process group IDs           -i select IPv[46] files
  -l list UID numbers      +|-L [l] list (+) suppress (-) link counts < l (0 = all)
  -n no host names         -o list file offset        -p s  exclude(^)|select PIDs
  -P no port names         -Q allow failed search     -R list paRent PID
  -s list file size        -t terse listing           -u s  exclude(^)|select login|UID set s
  names  select named files or files on named file systems
`

/** A set with exclusions: `a,b` or `^a,^b`. */
export interface Chosen {
  readonly wanted: readonly string[]
  readonly excluded: readonly string[]
}

/** Everything a command line of lsof says. */
export interface Choice {
  and: boolean
  isWrong: boolean
  /** -x: into other file systems and over links. */
  crosses: boolean
  terse: boolean
  numeric: boolean
  offsets: boolean
  sizes: boolean
  parents: boolean
  groups: boolean
  flags: boolean
  lenient: boolean
  /** -i, -U, -N: what nobody has here. */
  sockets: boolean
  width: number
  /** Files with fewer links than this; 0 shows the count of all. */
  links: number | undefined
  fields: string | undefined
  commands: string[]
  pids: Chosen | undefined
  users: Chosen | undefined
  pgrps: Chosen | undefined
  fds: Chosen | undefined
  directories: { path: string; deep: boolean }[]
  names: string[]
}

/** Letters that take a value, at once or as the next word. */
const VALUED = 'cdpuge'
const OPTIONAL = 'FgiLosfST'

/** A number is the status of a command line that asks for no files. */
export function* parse(sys: Sys, me: Process, args: readonly string[]): Blocking<Choice | number> {
  const choice: Choice = {
    and: false,
    isWrong: false,
    crosses: false,
    terse: false,
    numeric: false,
    offsets: false,
    sizes: false,
    parents: false,
    groups: false,
    flags: false,
    lenient: false,
    sockets: false,
    width: 9,
    links: undefined,
    fields: undefined,
    commands: [],
    pids: undefined,
    users: undefined,
    pgrps: undefined,
    fds: undefined,
    directories: [],
    names: [],
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') {
      choice.names.push(...args.slice(i + 1))
      break
    }
    if (!/^[-+]./.test(arg)) {
      choice.names.push(arg)
      continue
    }
    const plus = arg[0] === '+'
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!
      const rest = arg.slice(at + 1)
      const next = args[i + 1]
      let value = rest
      const valued = VALUED.includes(letter) || (plus && 'dDcf'.includes(letter))
      const takesNext = !rest && next !== undefined && isValueOf(letter, plus, valued, next)
      if (takesNext) {
        value = next
        i++
      }
      const status = yield* apply(sys, me, choice, letter, plus, value)
      if (status !== undefined) return status
      if (takesNext || valued || (OPTIONAL.includes(letter) && rest)) break
    }
  }
  const isSelective = [choice.pids, choice.users, choice.fds, choice.pgrps].some(Boolean)
  if (choice.and && !isSelective && !choice.commands.length && !choice.sockets && !choice.names.length) {
    yield* sys.write(2, `${me.name}: no select options to AND via -a\n`)
    choice.isWrong = true
  }
  if (choice.crosses && !choice.directories.length) {
    yield* sys.write(2, `${me.name}: -x must accompany +d or +D\n`)
    choice.isWrong = true
  }
  if (!choice.isWrong) return choice
  yield* sys.write(2, USAGE)
  return 1
}

/** What -i may say: a version, a protocol, then `@host` and `:port`. */
const PROTOCOL = /^([46]?(tcp|udp)?(@|:|$)|[46]$)/i

/** Whether the next word belongs to an option; those with an optional value take only what looks like one. */
function isValueOf(letter: string, plus: boolean, valued: boolean, next: string): boolean {
  if (letter === 'g' && !plus) return /^[\d^]/.test(next)
  if (letter === 'i') return !/^[-+]/.test(next) && (PROTOCOL.test(next) || !next.includes('/'))
  if (letter === 'F') return !/^[-+]/.test(next)
  return valued
}

function chosen(text: string, before: Chosen | undefined): Chosen {
  const words = text.split(',').filter(Boolean)
  return {
    wanted: [...(before?.wanted ?? []), ...words.filter(it => it[0] !== '^')],
    excluded: [...(before?.excluded ?? []), ...words.filter(it => it[0] === '^').map(it => it.slice(1))],
  }
}

function* apply(
  sys: Sys,
  me: Process,
  choice: Choice,
  letter: string,
  plus: boolean,
  value: string,
): Blocking<number | undefined> {
  if (plus && (letter === 'd' || letter === 'D'))
    choice.directories.push({ path: value, deep: letter === 'D' })
  else if (plus && letter === 'c') choice.width = Number(value) || Number.POSITIVE_INFINITY
  else if (letter === 'f') choice.flags = plus && /g/i.test(value)
  else if (letter === 'L') choice.links = plus ? Number(value || 0) : undefined
  else if (letter === 'a') choice.and = true
  else if (letter === 't') choice.terse = true
  else if (letter === 'l') choice.numeric = true
  else if (letter === 'o') choice.offsets = true
  else if (letter === 's') choice.sizes = true
  else if (letter === 'R') choice.parents = true
  else if (letter === 'Q') choice.lenient = true
  else if (letter === 'i' && !PROTOCOL.test(value)) {
    yield* sys.write(2, `${me.name}: unknown protocol name (${value}) in: -i ${value}\n`)
    choice.isWrong = true
  } else if ('iNU'.includes(letter)) choice.sockets = true
  else if (letter === 'c') choice.commands.push(value)
  else if (letter === 'p') {
    choice.pids = chosen(value, choice.pids)
    const wrong = value.split(',').find(word => !/^\^?\d+$/.test(word))
    if (wrong !== undefined) yield* sys.write(2, `${me.name}: illegal process ID: ${value}\n`)
    choice.isWrong ||= wrong !== undefined
  } else if (letter === 'x') choice.crosses = true
  else if (letter === 'u') choice.users = chosen(value, choice.users)
  else if (letter === 'd') {
    choice.fds = chosen(value, choice.fds)
    const { wanted, excluded } = choice.fds
    if (wanted.length && excluded.length) {
      const isLater = value.indexOf('^') > 0
      const what = isLater
        ? `exclude in an include -d list: ^${excluded[0]}`
        : `include in an exclude -d list: ${wanted[0]}`
      yield* sys.write(2, `${me.name}: ${what}\n`)
      choice.isWrong = true
    }
  } else if (letter === 'F') choice.fields = value || 'pgRcuLfaltDsikn'
  else if (letter === 'g') {
    choice.groups = true
    if (value) choice.pgrps = chosen(value, choice.pgrps)
  } else if (letter === 'v') {
    yield* sys.write(2, `${me.name} version information:\n    revision: 4.95.0\n`)
    return 0
  } else if (letter === 'h' || letter === '?') {
    yield* sys.write(2, HELP)
    return 0
  } else if (!'bnPwXOKVTSeEMxrU'.includes(letter)) {
    yield* sys.write(2, `${me.name}: illegal option character: ${letter}\n`)
    choice.isWrong = true
  }
  return undefined
}
