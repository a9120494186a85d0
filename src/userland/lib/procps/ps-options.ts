/**
 * The command line of ps, which speaks three dialects: UNIX options with a dash, BSD ones without, GNU long ones.
 * Linux: procps-ng src/ps/parser.c, src/ps/sortformat.c; ps(1).
 *
 * Left out: what else PS_PERSONALITY changes besides the format; register format beyond its titles.
 */
import { PS_COLUMNS } from './columns.ts'
import { parseColumns } from './ps-format.ts'
import { fresh, PsError, type PsOptions, type Wanted } from './ps-request.ts'

/** What the command line asks for. `-aux` fails as UNIX options and is then read as BSD's. Throws PsError. */
export function parsePs(args: readonly string[], knownUser: (name: string) => boolean): PsOptions {
  try {
    return new Parser(args, knownUser, false).parse()
  } catch (e) {
    if (!(e instanceof PsError) || e.how !== 'usual') throw e
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
  U: ['ruid', 'list of real users'],
  g: ['session', 'list of session leaders OR effective group names'],
  G: ['rgid', 'list of real groups'],
  s: ['session', 'list of sessions'],
  t: ['tty', 'list of terminals'],
}

const LONG_LISTS: Readonly<Record<string, readonly [Wanted['kind'], string]>> = {
  pid: ['pid', 'list of process IDs'],
  'quick-pid': ['pid', 'list of process IDs'],
  ppid: ['ppid', 'list of process IDs'],
  user: ['euid', 'list of effective users'],
  User: ['ruid', 'list of real users'],
  group: ['egid', 'list of effective groups'],
  Group: ['rgid', 'list of real groups'],
  sid: ['session', 'some sid thing(s)'],
  tty: ['tty', 'list of ttys'],
}

class Parser {
  readonly it = fresh()
  readonly #args: readonly string[]
  readonly #knownUser: (name: string) => boolean
  readonly #forceBsd: boolean
  #at = 0
  /** How many lists of processes there were, and which formats and kinds of threads. */
  #lists = 0
  readonly #formats = new Set<string>()
  readonly #threads = new Set<string>()

  constructor(args: readonly string[], knownUser: (name: string) => boolean, forceBsd: boolean) {
    this.#args = args
    this.#knownUser = knownUser
    this.#forceBsd = forceBsd
  }

  parse(): PsOptions {
    while (this.#at < this.#args.length) {
      const arg = this.#args[this.#at++]!
      if (arg.startsWith('--')) this.#gnu(arg.slice(2))
      else if (/^\d/.test(arg)) this.#pids(arg)
      else if (/^[-+]\d+$/.test(arg)) this.#nobody()
      else if (/^-\d/.test(arg)) this.#pids(arg)
      else if (arg.startsWith('-') && !this.#forceBsd) this.#unix(arg.slice(1))
      else this.#bsd(arg.replace(/^-/, ''))
    }
    this.#check()
    return this.it
  }

  /** Linux: parser.c:thread_option_check(), sortformat.c:process_sf_options(). */
  #check(): void {
    const { it } = this
    const unixFormat = it.full || it.long || it.jobs
    if (it.noFlags && !it.long) throw new PsError('modifier -y without format -l makes no sense')
    if (it.threads && this.#threads.size > 1)
      throw new PsError("thread flags conflict; can't use both -L and -T", 'final')
    if (this.#formats.size > 1 || (it.bsdFormat && (unixFormat || it.columns.length)))
      throw new PsError('conflicting format options', 'final')
    if ((it.columns.length || it.insert.length) && unixFormat) throw new PsError('conflicting format options')
    if (it.columns.length && it.security)
      throw new PsError('can not use output modifiers with user-defined output', 'final')
    if (!it.quick) return
    if (it.wanted.some(({ kind }) => kind !== 'pid') || this.#lists > 1)
      throw new PsError('q/-q/--quick-pid cannot be combined with other selection options.', 'bare')
    if (it.sort.length)
      throw new PsError('q/-q,--quick-pid cannot be used together with sort options.', 'bare')
    if (it.forest)
      throw new PsError('q/-q/--quick-pid cannot be used together with forest type listings.', 'bare')
  }

  /** `ps 1 2`: pids without an option, in BSD's manner; nothing but pids may follow. */
  #pids(arg: string): void {
    this.it.bsd = true
    this.#want('pid', arg)
    while (this.#at < this.#args.length) this.#want('pid', this.#args[this.#at++]!)
  }

  /** `ps -1`: no process has such a number. */
  #nobody(): void {
    this.it.bsd = true
    this.it.wanted.push({ kind: 'pid', value: '0' })
  }

  /** The value of an option: the rest of the word or the next word. */
  #value(rest: string, missing: string): string {
    if (rest) return rest
    const next = this.#args[this.#at]
    if (!next) throw new PsError(missing)
    this.#at++
    return next
  }

  #want(kind: Wanted['kind'], text: string): void {
    this.#lists++
    const values = text.split(/[,\s]/)
    if (values.slice(0, -1).includes('')) throw new PsError('improper list')
    for (const value of values) if (value) this.it.wanted.push(this.#checked(kind, value))
  }

  #checked(kind: Wanted['kind'], value: string): Wanted {
    const isNumber = /^\d+$/.test(value)
    if (
      (kind === 'pid' || kind === 'ppid') &&
      /^-?\d+$/.test(value) &&
      (Number(value) < 1 || Number(value) > 2 ** 31 - 1)
    )
      throw new PsError('process ID out of range')
    if ((kind === 'pid' || kind === 'ppid') && !isNumber) throw new PsError('process ID list syntax error')
    if ((kind === 'euid' || kind === 'ruid') && !isNumber && !this.#knownUser(value))
      throw new PsError('user name does not exist')
    return { kind, value }
  }

  #gnu(text: string): void {
    const equals = text.indexOf('=')
    const given = equals < 0 ? text : text.slice(0, equals)
    const name = given
    if (!LONG_NAMES.has(name)) throw new PsError(name ? 'unknown gnu long option' : 'garbage option')
    const value = (missing: string): string => this.#value(equals < 0 ? '' : text.slice(equals + 1), missing)
    const list = LONG_LISTS[name]
    if (list) {
      this.it.quick ||= name === 'quick-pid'
      this.#want(list[0], value(`${list[1]} must follow --${name}`))
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
        this.it.columnsWidth = this.#count(
          value,
          'number of columns must follow --cols, --width, or --columns',
        )
        return
      case 'rows':
      case 'lines':
        this.#count(value, 'number of rows must follow --rows or --lines')
        return
      case 'context':
        this.it.context = true
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

  /** A positive number; whatever else follows counts as nothing. */
  #count(value: (missing: string) => string, missing: string): number {
    const text = value(missing)
    if (!/^[1-9]\d*$/.test(text)) throw new PsError(missing)
    return Number(text)
  }

  #unix(letters: string): void {
    if (!/^[A-Za-z]/.test(letters)) throw new PsError('garbage option', 'final')
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
        this.it.insert = parseColumns(this.#value(rest, 'format or sort specification must follow -O'))
        return
      }
      this.#unixFlag(letter)
    }
  }

  #unixList(letter: string, [kind, what]: readonly [Wanted['kind'], string], rest: string): void {
    const isQuick = letter === 'q'
    const text = this.#value(
      rest,
      isQuick ? 'List of process IDs must follow -q.' : `${what} must follow -${letter}`,
    )
    this.it.quick ||= isQuick
    if (letter !== 'g') {
      this.#want(kind, text)
      return
    }
    for (const value of text.split(/[,\s]+/).filter(Boolean))
      this.#want(/^\d+$/.test(value) ? 'session' : 'leader', value)
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
        this.#threads.add(letter)
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
      case 'm':
        it.threadLines = true
        return
      case 'V':
        if (this.#args.length > 1 || this.#args[0] !== '-V')
          throw new PsError('the option is exclusive: -V', 'final')
        it.action = 'version'
        return
      case 'n':
        throw new PsError('alternate System.map file must follow -n')
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
          this.#want('pid', this.#value(rest, 'list of process IDs must follow p'))
          return
        case 'q':
          this.it.quick = true
          this.#want('pid', this.#value(rest, 'List of process IDs must follow q.'))
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
          this.#formatOrSort(this.#value(rest, 'format or sort specification must follow O'))
          return
        case 'k':
          this.#sortBy(this.#value(rest, "long sort specification must follow 'k'"))
          return
        default:
          this.#bsdFlag(letter)
      }
    }
  }

  /** O inserts columns, or sorts by them where there are no such columns. */
  #formatOrSort(text: string): void {
    try {
      this.it.insert = parseColumns(text)
    } catch (e) {
      if (!(e instanceof PsError)) throw e
      throw new PsError('bad sorting code')
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
        this.#formats.add(letter)
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
      case 'm':
        it.threadLines = true
        return
      case 'W':
        throw new PsError('obsolete W option not supported (you have a /dev/drum?)')
      case 'H':
        it.threads ||= 'H'
        return
      case 'g':
      case 'S':
        return
      default:
        throw new PsError('unsupported option (BSD syntax)')
    }
  }

  #format(text: string): void {
    this.it.columns.push(...parseColumns(text))
  }

  #sortBy(text: string): void {
    for (const item of text.split(',')) {
      const name = item.replace(/^[+-]/, '')
      if (!PS_COLUMNS[name]) throw new PsError('unknown sort specifier')
      this.it.sort.push({ name, descending: item.startsWith('-') })
    }
  }
}

const LONG_NAMES = new Set([
  ...Object.keys(LONG_LISTS),
  ...'cols columns context cumulative deselect forest format headers heading help info lines'.split(' '),
  ...'no-headers no-heading noheaders noheading rows sort version width'.split(' '),
])
