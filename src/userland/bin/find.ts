/**
 * find - search for files in a directory hierarchy
 * https://www.gnu.org/software/findutils/manual/html_mono/find.html
 *
 * Left out: -context, -D, -O, regular expression types other than emacs, posix-basic and
 * posix-extended.
 */
import {
  type Blocking,
  decode,
  ELOOP,
  ENOENT,
  Errno,
  isDir,
  isLink,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  R_OK,
  S_IFMT,
  type Stat,
  type Sys,
  type Timespec,
  W_OK,
  WEXITSTATUS,
  WIFEXITED,
  X_OK,
} from '../../abi/index.ts'
import {
  command,
  execvp,
  fatal,
  fork,
  Output,
  type Process,
  readAll,
  readDir,
  readFile,
} from '../lib/command.ts'
import {
  beginsExpression,
  type Expression,
  isNewerXY,
  parseExpression,
  unknownName,
} from '../lib/find-expression.ts'
import { type Found, formatFound, unknownDirectives, lsLine, type Printing } from '../lib/find-printf.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { parseDate } from '../lib/date/parse.ts'
import { ask, basename, dirname, joinPath, lstatOf } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { guarded } from '../lib/regex-machine.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'
import { zoneOf } from '../lib/time.ts'
import { groupName, readUsers, userName } from '../lib/users.ts'

const HELP = `Usage: %s [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]

Default path is the current directory; default expression is -print.
expression may consist of: operators, options, tests, and actions:
operators (decreasing precedence; -and is implicit where no others are given):
      ( EXPR )   ! EXPR   -not EXPR   EXPR1 -a EXPR2   EXPR1 -and EXPR2
      EXPR1 -o EXPR2   EXPR1 -or EXPR2   EXPR1 , EXPR2
positional options (always true): -daystart -follow -nowarn -regextype -warn

normal options (always true, specified before other expressions):
      -depth -files0-from FILE -maxdepth LEVELS -mindepth LEVELS
       -mount -noleaf -xdev -ignore_readdir_race -noignore_readdir_race
tests (N can be +N or -N or N): -amin N -anewer FILE -atime N -cmin N
      -cnewer FILE -context CONTEXT -ctime N -empty -false -fstype TYPE
      -gid N -group NAME -ilname PATTERN -iname PATTERN -inum N -iwholename PATTERN
      -iregex PATTERN -links N -lname PATTERN -mmin N -mtime N -name PATTERN
      -newer FILE -nouser -nogroup -path PATTERN -perm [-/]MODE -regex PATTERN
      -readable -writable -executable
      -wholename PATTERN -size N[bcwkMG] -true -type [bcdpflsD] -uid N
      -used N -user NAME -xtype [bcdpfls]
actions: -delete -print0 -printf FORMAT -fprintf FILE FORMAT -print 
      -fprint0 FILE -fprint FILE -ls -fls FILE -prune -quit
      -exec COMMAND ; -exec COMMAND {} + -ok COMMAND ;
      -execdir COMMAND ; -execdir COMMAND {} + -okdir COMMAND ;

Valid arguments for -D:
exec, opt, rates, search, stat, time, tree, all, help
Use '-D help' for a description of the options, or see find(1)
`

/** A predicate made ready: a plain test, or an action that may sleep. */
type Test = (it: Found) => boolean | Blocking<boolean>

const REGEX_TYPES =
  'findutils-default ed emacs gnu-awk grep posix-awk awk posix-basic posix-egrep egrep posix-extended posix-minimal-basic sed'.split(
    ' ',
  )
const DEBUG_HELP = `Valid arguments for -D:
exec       Show diagnostic information relating to -exec, -execdir, -ok and -okdir
opt        Show diagnostic information relating to optimisation
rates      Indicate how often each predicate succeeded
search     Navigate the directory tree verbosely
stat       Trace calls to stat(2) and lstat(2)
time       Show diagnostic information relating to time-of-day and timestamp comparisons
tree       Display the expression tree
all        Set all of the debug flags (but help)
help       Explain the various -D options
`
const QUIT = Symbol('quit')
const TYPES: Readonly<Record<string, number>> = {
  b: 0o060000,
  c: 0o020000,
  d: 0o040000,
  p: 0o010000,
  f: 0o100000,
  l: 0o120000,
  s: 0o140000,
  D: 0,
}
const DAY = 86400

export default command({
  name: 'find',
  summary: 'search for files in a directory hierarchy',
  usage: 'find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]',
  suite: 'findutils',
  authors: 'Eric B. Decker, James Youngman, and Kevin Dalley',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    if (args.includes('--help') || args.includes('-help')) {
      me.out.print(HELP.replaceAll('%s', me.name))
      return 0
    }
    if (args.includes('--version') || args.includes('-version')) {
      me.out.print('find (GNU findutils) 4.9.0\n')
      return 0
    }
    let follow: 'H' | 'L' | 'P' = 'P'
    let at = 0
    for (; /^-([HLP]|O\d|D)$/.test(args[at] ?? ''); at++) {
      if (args[at] === '-D') at++
      else if ('HLP'.includes(args[at]![1]!)) follow = args[at]![1] as 'H'
    }
    if (args[at] === '--') at++
    const starts: string[] = []
    while (args[at] !== undefined && !beginsExpression(args[at]!)) starts.push(args[at++]!)
    if (args.slice(0, at).join(' ').includes('-D help')) {
      me.out.print(DEBUG_HELP)
      return 0
    }
    const find = new Find(sys, me as Process, follow)
    yield* find.prepare(args.slice(at))
    if (find.startsFrom !== undefined && starts.length) {
      yield* me.warn(`extra operand ${quote(starts[0]!)}`)
      throw fatal('file operands cannot be combined with -files0-from')
    }
    const named = find.startsFrom === undefined ? starts : yield* find.namesFrom(find.startsFrom)
    if (find.startsFrom !== undefined && !named.length) return yield* find.finish()
    for (const start of named.length ? named : ['.']) if (!(yield* find.start(start))) break
    return yield* find.finish()
  },
})

class Find {
  status = 0
  readonly #sys: Sys
  readonly #me: Process
  #follow: 'H' | 'L' | 'P'
  #maxDepth = Number.POSITIVE_INFINITY
  #minDepth = 0
  #depthFirst = false
  #oneFileSystem = false
  #expression: ((it: Found) => Blocking<boolean>) | undefined
  #printing: Printing | undefined
  #pruned = false
  #now: Timespec
  #dayStart = false
  #regexSyntax: 'emacs' | 'basic' | 'extended' = 'emacs'
  #deletes = false
  #prunes = false
  #asksForDepth = false
  /** The file that lists the starting points. */
  startsFrom: string | undefined
  #visited = 0
  readonly #batches: { argv: readonly string[]; paths: string[]; dir: boolean }[] = []
  readonly #files = new Map<string, Output>()
  readonly #fstypes = new Map<number, string>()

  constructor(sys: Sys, me: Process, follow: 'H' | 'L' | 'P') {
    this.#sys = sys
    this.#me = me
    this.#follow = follow
    this.#now = sys.clock_gettime(0)
  }

  *prepare(args: readonly string[]): Blocking<void> {
    const users = yield* readUsers(this.#sys)
    this.#printing = {
      sys: this.#sys,
      users,
      zone: zoneOf(this.#me.env.get('TZ')),
      now: this.#now,
      fstype: dev => this.#fstypes.get(dev) ?? 'unknown',
    }
    if (args.some(it => it === '-fstype' || it.includes('%F'))) yield* this.#readFstypes()
    const files: string[] = []
    const formats: string[] = []
    const { expression, prints } = parseExpression(
      args,
      (name, its) => {
        this.#option(name, its)
        if (name === 'printf' || name === 'fprintf') formats.push(its.at(-1)!)
        if (name === 'fprint' || name === 'fprint0' || name === 'fls' || name === 'fprintf')
          files.push(its[0]!)
      },
      path => lstatOf(this.#sys, path) !== undefined,
    )
    if (this.#deletes && this.#prunes && !this.#asksForDepth)
      throw fatal(
        'The -delete action automatically turns on -depth, but -prune does nothing when -depth is in effect.  If you want to carry on anyway, just explicitly use the -depth option.',
      )
    for (const format of formats)
      for (const wrong of unknownDirectives(format)) {
        if (wrong === undefined) throw fatal('error: % at end of format string')
        yield* this.#me.warn(`warning: unrecognized format directive \`${wrong}'`)
      }
    for (const path of files)
      try {
        if (!this.#files.has(path))
          this.#files.set(
            path,
            new Output(this.#sys, yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)),
          )
      } catch (e) {
        throw fatal(quote(path), e)
      }
    const whole: Expression | undefined = prints
      ? expression
      : expression
        ? { kind: 'and', left: expression, right: { kind: 'test', name: 'print', args: [] } }
        : { kind: 'test', name: 'print', args: [] }
    this.#expression = this.#compile(whole!)
  }

  /** Options apply wherever they stand. */
  #option(name: string, [value]: readonly string[]): void {
    if (name === 'maxdepth' || name === 'mindepth') {
      if (!/^\d+$/.test(value!))
        throw fatal(`Expected a positive decimal integer argument to -${name}, but got ${quote(value!)}`)
      if (name === 'maxdepth') this.#maxDepth = Number(value)
      else this.#minDepth = Number(value)
    } else if (name === 'depth' || name === 'd' || name === 'delete') this.#depthFirst = true
    else if (name === 'files0-from') this.startsFrom = value
    else if (name === 'xdev' || name === 'mount') this.#oneFileSystem = true
    else if (name === 'follow') this.#follow = 'L'
    else if (name === 'daystart') this.#dayStart = true
    else if (name === 'regextype') {
      if (!REGEX_TYPES.includes(value!))
        throw fatal(
          `Unknown regular expression type ${quote(value!)}; valid types are ${REGEX_TYPES.map(quote).join(', ')}.`,
        )
      this.#regexSyntax = /extended|egrep|awk/.test(value!)
        ? 'extended'
        : /emacs|default/.test(value!)
          ? 'emacs'
          : 'basic'
    }
    if (name === 'delete') this.#deletes = true
    if (name === 'depth' || name === 'd') this.#asksForDepth = true
    if (name === 'prune') this.#prunes = true
  }

  *#readFstypes(): Blocking<void> {
    for (const line of (yield* readFile(this.#sys, '/proc/self/mountinfo')).split('\n')) {
      const match = /^\d+ \d+ (\d+):(\d+) .* - (\S+)/.exec(line)
      if (match) this.#fstypes.set(Number(match[1]) * 256 + Number(match[2]), match[3]!)
    }
  }

  /** The names in a file, each ending with a null. */
  *namesFrom(file: string): Blocking<string[]> {
    try {
      const text = file === '-' ? decode(yield* readAll(this.#sys, 0)) : yield* readFile(this.#sys, file)
      return text.split('\0').filter(it => it)
    } catch (e) {
      throw fatal(`cannot open ${quote(file)} for reading`, e)
    }
  }

  // ---- Walking

  /** Search below a starting point; false if -quit was reached. */
  *start(path: string): Blocking<boolean> {
    try {
      yield* this.#visit(path, path, 0, -1, [])
      return true
    } catch (e) {
      if (e === QUIT) return false
      throw e
    }
  }

  *finish(): Blocking<number> {
    for (const it of this.#batches) yield* this.#runBatch(it)
    for (const out of this.#files.values()) yield* out.flush()
    return this.status
  }

  *#complain(path: string, errno: unknown): Blocking<void> {
    yield* this.#me.warn(quote(path), errno)
    this.status = 1
  }

  *#visit(
    path: string,
    start: string,
    depth: number,
    dev: number,
    parents: readonly number[],
  ): Blocking<void> {
    let stat: Stat
    try {
      const follows = this.#follow === 'L' || (this.#follow === 'H' && depth === 0)
      stat = follows ? this.#followed(path) : this.#sys.lstat(path)
    } catch (e) {
      return yield* this.#complain(path, e)
    }
    if (++this.#visited % 128 === 0) yield* this.#sys.burn(128 * 500)
    const directory = isDir(stat)
    if (directory && parents.includes(stat.ino) && this.#follow === 'L') {
      yield* this.#me.warn(
        `File system loop detected; ${quote(path)} is part of the same file system loop as ${quote(dirname(path))}.`,
      )
      this.status = 1
      return
    }
    const it: Found = { path, start, depth, stat }
    this.#pruned = false
    if (!this.#depthFirst && depth >= this.#minDepth) yield* this.#expression!(it)
    if (this.#me.out.full) yield* this.#me.out.flush()
    const pruned = this.#pruned && !this.#depthFirst
    if (
      directory &&
      depth < this.#maxDepth &&
      !pruned &&
      !(this.#oneFileSystem && dev >= 0 && stat.dev !== dev)
    ) {
      try {
        const entries = yield* readDir(this.#sys, path)
        for (const { name } of entries)
          yield* this.#visit(joinPath(path, name), start, depth + 1, dev < 0 ? stat.dev : dev, [
            ...parents,
            stat.ino,
          ])
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#complain(path, e)
      }
    }
    if (this.#depthFirst && depth >= this.#minDepth) yield* this.#expression!(it)
  }

  #followed(path: string): Stat {
    try {
      return this.#sys.stat(path)
    } catch (e) {
      if (e !== ENOENT && e !== ELOOP) throw e
      return this.#sys.lstat(path)
    }
  }

  // ---- Expressions

  #compile(it: Expression): (found: Found) => Blocking<boolean> {
    if (it.kind === 'not') {
      const of = this.#compile(it.of)
      return function* (found) {
        return !(yield* of(found))
      }
    }
    if (it.kind === 'test') {
      const test = this.#test(it.name, it.args)
      return function* (found) {
        const result = test(found)
        return typeof result === 'boolean' ? result : yield* result
      }
    }
    const [left, right] = [this.#compile(it.left), this.#compile(it.right)]
    const { kind } = it
    return function* (found) {
      const first = yield* left(found)
      if (kind === 'and') return first && (yield* right(found))
      if (kind === 'or') return first || (yield* right(found))
      return yield* right(found)
    }
  }

  #test(name: string, args: readonly string[]): Test {
    const [value = ''] = args
    const { out } = this.#me
    const printing = this.#printing!
    switch (name) {
      case 'true':
      case 'depth':
      case 'd':
      case 'maxdepth':
      case 'mindepth':
      case 'xdev':
      case 'mount':
      case 'follow':
      case 'daystart':
      case 'noleaf':
      case 'warn':
      case 'nowarn':
      case 'regextype':
      case 'ignore_readdir_race':
      case 'noignore_readdir_race':
        return () => true
      case 'false':
        return () => false
      case 'name':
      case 'iname': {
        const options = { ignoreCase: name === 'iname' }
        return it => fnmatch(value, basename(it.path), options)
      }
      case 'path':
      case 'wholename':
      case 'ipath':
      case 'iwholename': {
        const options = { ignoreCase: name.startsWith('i') }
        return it => fnmatch(value, it.path, options)
      }
      case 'lname':
      case 'ilname': {
        const options = { ignoreCase: name === 'ilname' }
        return it => isLink(it.stat) && fnmatch(value, this.#sys.readlink(it.path), options)
      }
      case 'regex':
      case 'iregex':
        return this.#regex(value, name === 'iregex')
      case 'type':
      case 'xtype':
        return this.#type(name, value)
      case 'empty':
        return it => this.#empty(it)
      case 'size':
        return this.#size(value)
      case 'links':
        return this.#number(name, value, it => it.stat.nlink)
      case 'inum':
        return this.#number(name, value, it => it.stat.ino)
      case 'uid':
        return this.#number(name, value, it => it.stat.uid)
      case 'gid':
        return this.#number(name, value, it => it.stat.gid)
      case 'user': {
        const uid =
          printing.users.passwd.find(it => it.name === value)?.uid ??
          (/^\d+$/.test(value) ? Number(value) : undefined)
        if (uid === undefined) throw unknownName('a known user', value)
        return it => it.stat.uid === uid
      }
      case 'group': {
        const gid =
          printing.users.group.find(it => it.name === value)?.gid ??
          (/^\d+$/.test(value) ? Number(value) : undefined)
        if (gid === undefined) throw unknownName('an existing group', value)
        return it => it.stat.gid === gid
      }
      case 'nouser':
        return it => userName(printing.users, it.stat.uid) === undefined
      case 'nogroup':
        return it => groupName(printing.users, it.stat.gid) === undefined
      case 'perm':
        return this.#perm(value)
      case 'readable':
        return it => this.#access(it.path, R_OK)
      case 'writable':
        return it => this.#access(it.path, W_OK)
      case 'executable':
        return it => this.#access(it.path, X_OK)
      case 'fstype':
        return it => printing.fstype(it.stat.dev) === value
      case 'samefile': {
        const other = this.#named(value)
        return it => it.stat.ino === other.ino && it.stat.dev === other.dev
      }
      case 'atime':
      case 'ctime':
      case 'mtime':
        return this.#age(name, value, DAY, it => it[name])
      case 'amin':
      case 'cmin':
      case 'mmin':
        return this.#age(
          name,
          value,
          60,
          it => it[name === 'amin' ? 'atime' : name === 'cmin' ? 'ctime' : 'mtime'],
        )
      case 'used': {
        // A file read right after it was changed counts as used within the first day.
        const days = (it: Stat): number =>
          Math.ceil((it.atime.sec - it.ctime.sec + (it.atime.nsec - it.ctime.nsec) / 1e9) / DAY)
        return this.#number(name, value, it => days(it.stat))
      }
      case 'files0-from':
        return () => true
      case 'newer':
      case 'anewer':
      case 'cnewer': {
        const than = this.#named(value).mtime
        const which = name === 'newer' ? 'mtime' : name === 'anewer' ? 'atime' : 'ctime'
        return it => later(it.stat[which], than)
      }
      case 'prune':
        return () => (this.#pruned = true)
      case 'quit':
        return () => {
          throw QUIT
        }
      case 'print':
        return it => {
          out.line(it.path)
          return true
        }
      case 'print0':
        return it => {
          out.print(`${it.path}\0`)
          return true
        }
      case 'printf':
        return it => {
          out.print(formatFound(value, it, printing))
          return true
        }
      case 'ls':
        return it => {
          out.line(lsLine(it, printing))
          return true
        }
      case 'fprint':
      case 'fprint0':
      case 'fls':
      case 'fprintf': {
        const file = this.#files.get(value)!
        return it => {
          if (name === 'fprintf') file.print(formatFound(args[1]!, it, printing))
          else
            file.print(
              name === 'fls' ? `${lsLine(it, printing)}\n` : it.path + (name === 'fprint' ? '\n' : '\0'),
            )
          return true
        }
      }
      case 'delete':
        return it => this.#delete(it)
      case 'exec':
      case 'execdir':
      case 'ok':
      case 'okdir':
        return this.#exec(name, args)
      default:
        if (isNewerXY(name)) return this.#newerXY(name, value)
        throw fatal(`unknown predicate \`-${name}'`)
    }
  }

  #named(path: string): Stat {
    try {
      return this.#follow === 'P' ? this.#sys.lstat(path) : this.#sys.stat(path)
    } catch (e) {
      throw fatal(quote(path), e)
    }
  }

  #access(path: string, mode: number): boolean {
    try {
      this.#sys.access(path, mode, true)
      return true
    } catch (e) {
      if (e instanceof Errno) return false
      throw e
    }
  }

  #regex(pattern: string, ignoreCase: boolean): Test {
    let regex: RegExp
    try {
      // Emacs' syntax, the default: + and ? are operators, groups and alternatives are backslashed.
      const source = this.#regexSyntax === 'emacs' ? emacs(pattern) : pattern
      const extended = this.#regexSyntax === 'extended'
      regex = guarded(`^(?:${compileRegex(source, { extended }).source})$`, ignoreCase ? 'ui' : 'u', true)
    } catch (e) {
      throw e instanceof RegexError ? fatal(e.message) : e
    }
    return it => regex.test(it.path)
  }

  #type(name: string, list: string): Test {
    const letters = list.split(',')
    for (const letter of letters) {
      if (letter === '')
        throw fatal(`Last file type in list argument to -${name} is missing, i.e., list is ending on: ','`)
      if (TYPES[letter[0]!] === undefined) throw fatal(`Unknown argument to -${name}: ${letter[0]}`)
      if (letter.length > 1) throw fatal(`Must separate multiple arguments to -${name} using: ','`)
    }
    const types = letters.map(it => TYPES[it]!)
    if (name === 'type') return it => types.includes(it.stat.mode & S_IFMT)
    return it => {
      try {
        const stat = this.#follow === 'L' ? this.#sys.lstat(it.path) : this.#followed(it.path)
        return types.includes(stat.mode & S_IFMT)
      } catch (e) {
        if (e instanceof Errno) return false
        throw e
      }
    }
  }

  *#empty(it: Found): Blocking<boolean> {
    if (!isDir(it.stat)) return (it.stat.mode & S_IFMT) === 0o100000 && it.stat.size === 0
    try {
      return !(yield* readDir(this.#sys, it.path)).length
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#complain(it.path, e)
      return false
    }
  }

  #number(name: string, text: string, of: (it: Found) => number): Test {
    const match = /^([-+]?)(\d+)$/.exec(text)
    if (!match) throw fatal(`invalid argument \`${text}' to \`-${name}'`)
    const number = Number(match[2])
    return it => compared(match[1]!, of(it), number)
  }

  #size(text: string): Test {
    const units: Readonly<Record<string, number>> = {
      '': 512,
      b: 512,
      c: 1,
      w: 2,
      k: 1024,
      M: 1024 ** 2,
      G: 1024 ** 3,
    }
    const last = /[A-Za-z]$/.exec(text)?.[0] ?? ''
    if (units[last] === undefined) throw fatal(`invalid -size type \`${last}'`)
    const match = /^([-+]?)(\d+)$/.exec(text.slice(0, text.length - last.length))
    if (!match) throw fatal(`Invalid argument \`${text}' to -size`)
    const number = Number(match[2])
    return it => compared(match[1]!, Math.ceil(it.stat.size / units[last]!), number)
  }

  #age(name: string, text: string, unit: number, of: (it: Stat) => Timespec): Test {
    const match = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text)
    if (!match) throw fatal(`invalid argument \`${text}' to \`-${name}'`)
    const wanted = Number(match[2])
    const base = this.#dayStart
      ? Math.floor(this.#now.sec / DAY) * DAY + DAY
      : this.#now.sec + this.#now.nsec / 1e9
    return it => {
      const time = of(it.stat)
      const age = (base - time.sec - time.nsec / 1e9) / unit
      if (match[1] === '+') return unit === DAY ? Math.floor(age) > wanted : age > wanted
      if (match[1] === '-') return unit === DAY ? age < wanted : age < wanted
      return unit === DAY ? Math.floor(age) === wanted : Math.ceil(age) === wanted
    }
  }

  #newerXY(name: string, value: string): Test {
    const kinds: Readonly<Record<string, 'atime' | 'btime' | 'ctime' | 'mtime'>> = {
      a: 'atime',
      B: 'btime',
      c: 'ctime',
      m: 'mtime',
    }
    const [x, y] = [name[5]!, name[6]!]
    let than: Timespec
    if (y === 't') {
      const parsed = parseDate(value, this.#now, this.#printing!.zone)
      if (!parsed) throw fatal(`I cannot figure out how to interpret ${quote(value)} as a date or time`)
      than = parsed
    } else than = this.#named(value)[kinds[y]!]
    return it => later(it.stat[kinds[x]!], than)
  }

  #perm(text: string): Test {
    const kind = /^[-/]/.exec(text)?.[0] ?? ''
    const change = /^\+[0-7]/.test(text) ? undefined : parseMode(text.slice(kind.length))
    if (!change) throw fatal(`invalid mode ${quote(text)}`)
    const mode = adjustMode(0, false, 0, change)
    if (kind === '-') return it => (it.stat.mode & mode) === mode
    if (kind === '/') return it => !mode || (it.stat.mode & mode) !== 0
    return it => (it.stat.mode & 0o7777) === mode
  }

  *#delete(it: Found): Blocking<boolean> {
    if (it.path === '.' || it.path === './') return true
    try {
      if (isDir(it.stat)) this.#sys.rmdir(it.path)
      else this.#sys.unlink(it.path)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#me.warn(`cannot delete ${quote(it.path)}`, e)
      this.status = 1
      return false
    }
  }

  // ---- Running commands

  #exec(name: string, words: readonly string[]): Test {
    const inDir = name.endsWith('dir')
    const argv = words.slice(0, -1)
    if (words.at(-1) === '+') {
      const batch = { argv: argv.slice(0, -1), paths: [] as string[], dir: inDir }
      this.#batches.push(batch)
      const most = 4000
      return inDir
        ? it => this.#execDirBatch(batch.argv, it)
        : it => {
            batch.paths.push(it.path)
            return batch.paths.length < most ? true : this.#runBatch(batch)
          }
    }
    const asks = name.startsWith('ok')
    return it => this.#execOne(argv, it, inDir, asks)
  }

  *#execDirBatch(argv: readonly string[], it: Found): Blocking<boolean> {
    yield* this.#run([...argv, `./${basename(it.path)}`], dirname(it.path))
    return true
  }

  *#execOne(words: readonly string[], it: Found, inDir: boolean, asks: boolean): Blocking<boolean> {
    const shown = inDir ? (it.path === '.' ? './.' : `./${basename(it.path)}`) : it.path
    const argv = words.map(word => word.split('{}').join(shown))
    if (asks && !(yield* ask(this.#sys, `< ${words[0]} ... ${it.path} > ? `))) return false
    return (yield* this.#run(argv, inDir ? dirname(it.path) : undefined)) === 0
  }

  *#runBatch(batch: { argv: readonly string[]; paths: string[] }): Blocking<boolean> {
    if (!batch.paths.length) return true
    const paths = batch.paths
    batch.paths = []
    if ((yield* this.#run([...batch.argv, ...paths], undefined)) !== 0) this.status = 1
    return true
  }

  *#run(argv: readonly string[], dir: string | undefined): Blocking<number> {
    const sys = this.#sys
    const { name, envp } = this.#me
    yield* this.#me.out.flush()
    const pid = fork(sys, name, function* (its) {
      try {
        if (dir !== undefined) its.chdir(dir)
        return yield* execvp(its, argv, envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* its.write(2, `${name}: ${quote(argv[0]!)}: ${e.message}\n`)
        return 1
      }
    })
    const { status } = (yield* sys.wait4(pid, 0))!
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1
  }
}

const later = (a: Timespec, b: Timespec): boolean => a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec)

const compared = (sign: string, value: number, wanted: number): boolean =>
  sign === '+' ? value > wanted : sign === '-' ? value < wanted : value === wanted

/** Emacs' regular expressions as basic ones. */
const emacs = (pattern: string): string =>
  pattern.replace(/\\.|\[\^?\]?[^\]]*\]|[+?]/gs, it => (it === '+' || it === '?' ? `\\${it}` : it))
