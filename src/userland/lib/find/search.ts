/** find's walk, and what it does with each file. Linux: findutils find/ftsfind.c, find/tree.c. */
import {
  type Blocking,
  decode,
  ENOENT,
  Errno,
  F_DUPFD_CLOEXEC,
  isDir,
  O_CLOEXEC,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Stat,
  type Sys,
  type Timespec,
} from '../../../abi/index.ts'
import { type DirectoryEntry, fatal, openDir, Output, type Process, readAll, readFile } from '../command.ts'
import { type Ancestor, cycleOf } from '../cycle.ts'
import { joinPath, lstatOf } from '../path.ts'
import { quote } from '../quote.ts'
import { zoneOf } from '../time.ts'
import { readUsers } from '../users.ts'
import { Commands } from './commands.ts'
import { type Expression, parseExpression } from './expression.ts'
import {
  type Found,
  formatFound,
  lsLine,
  type Printing,
  unknownDirectives,
  unknownEscapes,
} from './printf.ts'
import { makeTest, type Test } from './tests.ts'

const REGEX_TYPES =
  'findutils-default ed emacs gnu-awk grep posix-awk awk posix-basic posix-egrep egrep posix-extended posix-minimal-basic sed'.split(
    ' ',
  )
const QUIT = Symbol('quit')

/** One run of find. */
export class Find {
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
  readonly #commands: Commands
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
  #place = -1
  readonly #files = new Map<string, Output>()
  readonly #fstypes = new Map<number, string>()

  constructor(sys: Sys, me: Process, follow: 'H' | 'L' | 'P') {
    this.#sys = sys
    this.#me = me
    this.#follow = follow
    this.#now = sys.clock_gettime(0)
    this.#commands = new Commands(sys, me)
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
    for (const format of formats) {
      for (const char of unknownEscapes(format))
        yield* this.#me.warn(`warning: unrecognized escape \`\\${char}'`)
      for (const wrong of unknownDirectives(format)) {
        if (wrong === undefined) throw fatal('error: % at end of format string')
        yield* this.#me.warn(`warning: unrecognized format directive \`${wrong}'`)
      }
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
      const names = text.split('\0')
      return names.at(-1) === '' ? names.slice(0, -1) : names
    } catch (e) {
      throw fatal(`cannot open ${quote(file)} for reading`, e)
    }
  }

  /** A name of nothing is told, and passed over. */
  *nameless(place: number): Blocking<void> {
    yield* this.#me.warn(`${quote(this.startsFrom!)}:${place}: invalid zero-length file name`)
    this.status = 1
  }

  // ---- Walking

  /** Search below a starting point; false if -quit was reached. */
  *start(path: string): Blocking<boolean> {
    yield* this.#rememberPlace()
    try {
      yield* this.#visit(path, path, 0, -1, [])
      return true
    } catch (e) {
      if (e === QUIT) return false
      throw e
    }
  }

  /** The working directory stays open, for -execdir to come back to. Linux: findutils lib/save-cwd.c. */
  *#rememberPlace(): Blocking<void> {
    if (this.#place >= 0) return
    try {
      this.#place = yield* this.#sys.open('.', O_RDONLY | O_CLOEXEC)
    } catch (e) {
      throw fatal('Failed to save initial working directory', e)
    }
  }

  *finish(): Blocking<number> {
    yield* this.#commands.finish()
    if (this.#commands.failed) this.status = 1
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
    above: readonly Ancestor[],
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
    const cycle = directory && cycleOf(above, stat)
    if (cycle) {
      yield* this.#me.warn(
        `File system loop detected; ${quote(path)} is part of the same file system loop as ${quote(cycle.path)}.`,
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
        const entries = yield* this.#namesIn(path)
        for (const { name } of entries)
          yield* this.#visit(joinPath(path, name), start, depth + 1, dev < 0 ? stat.dev : dev, [
            ...above,
            { path, stat },
          ])
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#complain(path, e)
      }
    }
    if (this.#depthFirst && depth >= this.#minDepth) yield* this.#expression!(it)
  }

  /** fts(3) keeps a second descriptor of the directory that it reads. */
  *#namesIn(path: string): Blocking<readonly DirectoryEntry[]> {
    const { fd, entries } = yield* openDir(this.#sys, path)
    try {
      this.#sys.close(this.#sys.fcntl(fd, F_DUPFD_CLOEXEC, 3))
    } catch (e) {
      this.#sys.close(fd)
      throw e
    }
    this.#sys.close(fd)
    return entries.filter(it => it.name !== '.' && it.name !== '..')
  }

  #followed(path: string): Stat {
    try {
      return this.#sys.stat(path)
    } catch (e) {
      if (e !== ENOENT) throw e
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
    const test = makeTest(name, value, {
      sys: this.#sys,
      printing,
      now: this.#now,
      dayStart: this.#dayStart,
      follow: this.#follow,
      regexSyntax: this.#regexSyntax,
      followed: path => this.#followed(path),
      complain: (path, errno) => this.#complain(path, errno),
    })
    if (test) return test
    switch (name) {
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
        return this.#commands.action(name, args)
      default:
        throw fatal(`unknown predicate \`-${name}'`)
    }
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
}
