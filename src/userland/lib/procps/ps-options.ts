/**
 * The command line of ps, which speaks three dialects: UNIX options with a dash, BSD ones without, GNU long ones.
 * Linux: procps-ng src/ps/parser.c, src/ps/sortformat.c; ps(1).
 *
 * Left out: personalities (PS_PERSONALITY), -m, register format beyond its titles.
 */
import { AIX_COLUMNS, PS_COLUMNS } from './columns.ts'

/** A refused command line; the message stands after `error: `. */
export class PsError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** One column of the output. */
export interface Chosen {
  readonly name: string
  readonly head: string
  readonly width: number
}

/** Processes asked for by a list; a process that is in any is shown. */
export interface Wanted {
  readonly kind: 'pid' | 'ppid' | 'comm' | 'euid' | 'ruid' | 'egid' | 'rgid' | 'tty' | 'session'
  readonly value: string
}

export interface SortKey {
  readonly name: string
  readonly descending: boolean
}

/** Everything a command line of ps says. */
export interface PsOptions {
  all: boolean
  /** -a, -d and BSD a, x, r. */
  withTty: boolean
  noLeaders: boolean
  bsdAll: boolean
  bsdNoTty: boolean
  running: boolean
  negate: boolean
  /** BSD options were used: other defaults for selection and format. */
  bsd: boolean
  wanted: Wanted[]
  columns: Chosen[]
  /** -O: these are put between the usual ones. */
  insert: Chosen[]
  sort: SortKey[]
  forest: '' | 'ascii' | 'indent'
  full: boolean
  extraFull: boolean
  long: boolean
  jobs: boolean
  noFlags: boolean
  classes: boolean
  threads: '' | 'L' | 'T'
  processor: boolean
  security: boolean
  bsdFormat: string
  bareNames: boolean
  environment: boolean
  headers: boolean
  wide: number
  columnsWidth: number | undefined
  /** Something else than processes is to be printed. */
  action: '' | 'version' | 'columns' | 'help'
  helpTopic: string
  numeric: boolean
}

const fresh = (): PsOptions => ({
  all: false,
  withTty: false,
  noLeaders: false,
  bsdAll: false,
  bsdNoTty: false,
  running: false,
  negate: false,
  bsd: false,
  wanted: [],
  columns: [],
  insert: [],
  sort: [],
  forest: '',
  full: false,
  extraFull: false,
  long: false,
  jobs: false,
  noFlags: false,
  classes: false,
  threads: '',
  processor: false,
  security: false,
  bsdFormat: '',
  bareNames: false,
  environment: false,
  headers: true,
  wide: 0,
  columnsWidth: undefined,
  action: '',
  helpTopic: '',
  numeric: false,
})

/** What the command line asks for. `-aux` fails as UNIX options and is then read as BSD's. Throws PsError. */
export function parsePs(args: readonly string[], knownUser: (name: string) => boolean): PsOptions {
  try {
    return new Parser(args, knownUser, false).parse()
  } catch (e) {
    if (!(e instanceof PsError)) throw e
    try {
      return new Parser(args, knownUser, true).parse()
    } catch {
      throw e
    }
  }
}

const LISTS: Readonly<Record<string, readonly [Wanted['kind'], string]>> = {
  p: ['pid', 'list of process IDs'],
  q: ['pid', 'list of process IDs'],
  C: ['comm', 'list of command names'],
  u: ['euid', 'list of users'],
  U: ['ruid', 'list of users'],
  g: ['session', 'list of session leaders OR effective group names'],
  G: ['rgid', 'list of real groups'],
  s: ['session', 'list of sessions'],
  t: ['tty', 'list of terminals'],
}

const LONG_LISTS: Readonly<Record<string, Wanted['kind']>> = {
  pid: 'pid',
  'quick-pid': 'pid',
  ppid: 'ppid',
  user: 'euid',
  User: 'ruid',
  group: 'egid',
  Group: 'rgid',
  sid: 'session',
  tty: 'tty',
}

class Parser {
  readonly it = fresh()
  readonly #args: readonly string[]
  readonly #knownUser: (name: string) => boolean
  readonly #forceBsd: boolean
  #at = 0

  constructor(args: readonly string[], knownUser: (name: string) => boolean, forceBsd: boolean) {
    this.#args = args
    this.#knownUser = knownUser
    this.#forceBsd = forceBsd
  }

  parse(): PsOptions {
    while (this.#at < this.#args.length) {
      const arg = this.#args[this.#at++]!
      if (arg.startsWith('--')) this.#gnu(arg.slice(2))
      else if (/^-?\d/.test(arg)) this.#pids(arg.replace(/^-/, ''))
      else if (arg.startsWith('-') && !this.#forceBsd) this.#unix(arg.slice(1))
      else this.#bsd(arg.replace(/^-/, ''))
    }
    if (this.it.noFlags && !this.it.long) throw new PsError('modifier -y without format -l makes no sense')
    return this.it
  }

  /** `ps 1 2`: pids without an option, in BSD's manner; nothing but pids may follow. */
  #pids(arg: string): void {
    this.it.bsd = true
    this.#want('pid', arg)
    while (this.#at < this.#args.length) this.#want('pid', this.#args[this.#at++]!)
  }

  /** The value of an option: the rest of the word or the next word. */
  #value(rest: string, missing: string): string {
    if (rest) return rest
    const next = this.#args[this.#at]
    if (next === undefined) throw new PsError(missing)
    this.#at++
    return next
  }

  #want(kind: Wanted['kind'], text: string): void {
    for (const value of text.split(/[,\s]+/)) if (value) this.it.wanted.push(this.#checked(kind, value))
  }

  #checked(kind: Wanted['kind'], value: string): Wanted {
    const isNumber = /^\d+$/.test(value)
    if ((kind === 'pid' || kind === 'ppid') && /^-?\d+$/.test(value) && Number(value) < 1)
      throw new PsError('process ID out of range')
    if ((kind === 'pid' || kind === 'ppid') && !isNumber) throw new PsError('process ID list syntax error')
    if ((kind === 'euid' || kind === 'ruid') && !isNumber && !this.#knownUser(value))
      throw new PsError('user name does not exist')
    return { kind, value }
  }

  #gnu(text: string): void {
    const equals = text.indexOf('=')
    const given = equals < 0 ? text : text.slice(0, equals)
    const name = given === 'Group' || given === 'User' ? given : abbreviated(given)
    const value = (missing: string): string => this.#value(equals < 0 ? '' : text.slice(equals + 1), missing)
    const kind = LONG_LISTS[name]
    if (kind) {
      this.#want(kind, value(`list of process IDs must follow --${name}`))
      return
    }
    switch (name) {
      case 'format':
        this.#format(value('format specification must follow --format'))
        return
      case 'sort':
        this.#sortBy(value('long sort specification must follow --sort'))
        return
      case 'forest':
        this.it.forest = 'ascii'
        return
      case 'no-headers':
      case 'no-heading':
      case 'noheaders':
      case 'noheading':
        this.it.headers = false
        return
      case 'headers':
      case 'heading':
      case 'cumulative':
        return
      case 'deselect':
        this.it.negate = true
        return
      case 'cols':
      case 'columns':
      case 'width':
        this.it.columnsWidth = Number(value('number of columns must follow --cols, --width, or --columns'))
        return
      case 'rows':
      case 'lines':
        value('number of rows must follow --rows or --lines')
        return
      case 'context':
        this.it.security = true
        return
      case 'version':
        this.it.action = 'version'
        return
      case 'help':
        this.it.action = 'help'
        this.it.helpTopic = equals < 0 ? (this.#args[this.#at++] ?? '') : text.slice(equals + 1)
        return
      default:
        throw new PsError('unknown gnu long option')
    }
  }

  #unix(letters: string): void {
    if (!/^[A-Za-z]/.test(letters)) throw new PsError('garbage option')
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i]!
      const rest = letters.slice(i + 1)
      const list = LISTS[letter]
      if (list) {
        this.#unixList(letter, list, rest)
        return
      }
      if (letter === 'o') {
        this.#format(this.#value(rest, 'format specification must follow -o'))
        return
      }
      if (letter === 'O') {
        this.it.insert = this.#columns(this.#value(rest, 'format or sort specification must follow -O'))
        return
      }
      this.#unixFlag(letter)
    }
  }

  #unixList(letter: string, [kind, what]: readonly [Wanted['kind'], string], rest: string): void {
    const text = this.#value(rest, `${what} must follow -${letter}`)
    if (letter !== 'g') {
      this.#want(kind, text)
      return
    }
    for (const value of text.split(/[,\s]+/).filter(Boolean))
      this.#want(/^\d+$/.test(value) ? 'session' : 'egid', value)
  }

  #unixFlag(letter: string): void {
    const it = this.it
    switch (letter) {
      case 'A':
      case 'e':
        it.all = true
        return
      case 'a':
        it.withTty = true
        it.noLeaders = true
        return
      case 'd':
        it.noLeaders = true
        return
      case 'N':
        it.negate = true
        return
      case 'f':
        it.full = true
        return
      case 'F':
        it.full = true
        it.extraFull = true
        return
      case 'l':
        it.long = true
        return
      case 'j':
        it.jobs = true
        return
      case 'y':
        it.noFlags = true
        return
      case 'c':
        it.classes = true
        return
      case 'L':
      case 'T':
        it.threads = letter
        return
      case 'P':
        it.processor = true
        return
      case 'M':
      case 'Z':
        it.security = true
        return
      case 'H':
        it.forest = 'indent'
        return
      case 'w':
        it.wide++
        return
      case 'n':
      case 'm':
        return
      case 'V':
        it.action = 'version'
        return
      case 'x':
        throw new PsError('must set personality to get -x option')
      default:
        throw new PsError('unsupported SysV option')
    }
  }

  #bsd(letters: string): void {
    this.it.bsd = true
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i]!
      const rest = letters.slice(i + 1)
      switch (letter) {
        case 'p':
        case 'q':
          this.#want('pid', this.#value(rest, `list of process IDs must follow ${letter}`))
          return
        case 'U':
          this.#want('euid', this.#value(rest, 'list of users must follow U'))
          return
        case 't':
          this.#bsdTerminal(rest)
          return
        case 'o':
          this.#format(this.#value(rest, 'format specification must follow o'))
          return
        case 'O':
          this.it.insert = this.#columns(this.#value(rest, 'format or sort specification must follow O'))
          return
        case 'k':
          this.#sortBy(this.#value(rest, "long sort specification must follow 'k'"))
          return
        default:
          this.#bsdFlag(letter)
      }
    }
  }

  #bsdTerminal(rest: string): void {
    const next = rest || this.#args[this.#at]
    if (!rest && next !== undefined && !next.startsWith('-')) this.#at++
    this.#want('tty', rest || (next !== undefined && !next.startsWith('-') ? next : 'own'))
  }

  #bsdFlag(letter: string): void {
    const it = this.it
    switch (letter) {
      case 'a':
        it.bsdAll = true
        return
      case 'x':
        it.bsdNoTty = true
        return
      case 'r':
        it.running = true
        return
      case 'T':
        this.#want('tty', 'own')
        return
      case 'f':
        it.forest = 'ascii'
        return
      case 'c':
        it.bareNames = true
        return
      case 'e':
        it.environment = true
        return
      case 'h':
        it.headers = false
        return
      case 'w':
        it.wide++
        return
      case 'u':
      case 'l':
      case 'j':
      case 'v':
      case 's':
      case 'X':
        it.bsdFormat = letter
        return
      case 'Z':
        it.security = true
        return
      case 'L':
        it.action = 'columns'
        return
      case 'V':
        it.action = 'version'
        return
      case 'n':
        it.numeric = true
        return
      case 'g':
      case 'H':
      case 'm':
      case 'S':
      case 'N':
      case 'W':
        return
      default:
        throw new PsError('unsupported option (BSD syntax)')
    }
  }

  #format(text: string): void {
    this.it.columns.push(...this.#columns(text))
  }

  /** `pid,comm=NAME,args:40`, or AIX's `%p %c`. */
  #columns(text: string): Chosen[] {
    const found: Chosen[] = []
    if (text.includes('%') && !/^(%cpu|%mem|[^%])*$/.test(text)) return aixColumns(text)
    if (/^,|,,/.test(text.replace(/=.*/s, ''))) throw new PsError('improper format list')
    for (const item of text.split(/[,\s]+(?![^=,]*$)|,/).flatMap(splitBlanks)) {
      if (!item) continue
      const [, name, width, head] = /^([^:=]*)(?::([^=]*))?(?:=(.*))?$/s.exec(item) ?? []
      if (width !== undefined && !/^[1-9]\d*$/.test(width))
        throw new PsError('column widths must be unsigned decimal numbers')
      const column = PS_COLUMNS[name ?? '']
      if (!column) throw new PsError(`unknown user-defined format specifier "${name ?? item}"`)
      const title = head ?? column.head
      const own = width ? Number(width) : column.width
      found.push({
        name: name!,
        head: title,
        width: width ? own : head !== undefined ? Math.max(own, title.length) : own,
      })
    }
    if (!found.length) throw new PsError('format specification must follow -o')
    return found
  }

  #sortBy(text: string): void {
    for (const item of text.split(',')) {
      const name = item.replace(/^[+-]/, '')
      if (!PS_COLUMNS[name]) throw new PsError('unknown sort specifier')
      this.it.sort.push({ name, descending: item.startsWith('-') })
    }
  }
}

/** Blanks separate columns too, but not inside a title. */
const splitBlanks = (item: string): string[] => (item.includes('=') ? [item.trim()] : item.split(/\s+/))

const LONG_NAMES = [
  ...Object.keys(LONG_LISTS),
  ...'cols columns context cumulative deselect forest format headers heading help lines no-headers no-heading'.split(
    ' ',
  ),
  ...'noheaders noheading rows sort version width'.split(' '),
]

/** Long options may be cut short where that leaves no doubt. */
function abbreviated(name: string): string {
  if (LONG_NAMES.includes(name)) return name
  const found = LONG_NAMES.filter(it => it.startsWith(name))
  return found.length === 1 ? found[0]! : name
}

function aixColumns(text: string): Chosen[] {
  const found: Chosen[] = []
  for (const part of text.split(' ').filter(Boolean)) {
    const name = AIX_COLUMNS[part[1] ?? '']
    if (!/^%.$/.test(part) || !name) throw new PsError('improper AIX field descriptor')
    const column = PS_COLUMNS[name]!
    found.push({ name, head: column.head, width: column.width })
  }
  return found
}
