/**
 * gzip, gunzip, zcat, uncompress - compress or expand files
 * https://www.gnu.org/software/gzip/manual/gzip.html
 *
 * Left out: the formats of compress, pack and zip; --rsyncable and --synchronous change nothing.
 */
import {
  type Blocking,
  EEXIST,
  ELOOP,
  ENOENT,
  Errno,
  isDir,
  isLink,
  isReg,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, must, type Process, readAll, readDir, writeAll } from '../lib/command.ts'
import { type Flags, getopt, GetoptError, type Options } from '../lib/getopt.ts'
import { type Expanded, expand, GzipError, gzip } from '../lib/gzip/container.ts'
import { GzipUnsupported } from '../lib/gzip/inflate.ts'
import { Listing, ratio } from '../lib/gzip/list.ts'
import { candidates, suffixOf, withoutSuffix } from '../lib/gzip/suffix.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { ask, basename, dirname, joinPath } from '../lib/path.ts'

/** CPU time of compressing and expanding a byte. */
const COST = 20

const OPTIONS = {
  ascii: { short: 'a', help: 'accepted for the sake of other systems' },
  stdout: {
    short: 'c',
    also: ['to-stdout'],
    help: 'write on standard output, keep original files unchanged',
  },
  decompress: { short: 'd', also: ['uncompress'], help: 'expand' },
  force: { short: 'f', help: 'overwrite, follow links, pass on what is not compressed' },
  help: { short: 'h', help: 'give this help' },
  keep: { short: 'k', help: 'leave input files where they are' },
  list: { short: 'l', help: 'list what compressed files hold' },
  license: { short: 'L', help: 'display software license' },
  noName: { short: 'n', also: ['no-time'], help: 'neither save nor restore the original name and timestamp' },
  name: { short: 'N', help: 'save or restore the original name and timestamp' },
  quiet: { short: 'q', also: ['silent'], help: 'no warnings' },
  recursive: { short: 'r', help: 'go through directories' },
  rsyncable: { help: 'make an archive that rsync likes' },
  synchronous: { help: 'synchronous output (safer, but slower)' },
  suffix: { short: 'S', value: '=SUF', help: 'use suffix SUF on compressed files' },
  test: { short: 't', help: 'only look whether compressed files are whole' },
  verbose: { short: 'v', help: 'say what is done' },
  version: { short: 'V', help: 'display version number' },
  bits: { short: 'b', long: '', value: 'N' },
  lzw: { short: 'Z' },
  level: { short: '123456789', long: '', help: 'the level: -1 is the fastest, -9 compresses best' },
  fast: { help: 'compress faster' },
  best: { help: 'compress better' },
} as const satisfies Options

const VERSION = `gzip 1.12
Copyright (C) 2018 Free Software Foundation, Inc.
Copyright (C) 1993 Jean-loup Gailly.
This is free software.  You may redistribute copies of it under the terms of
the GNU General Public License <https://www.gnu.org/licenses/gpl.html>.
There is NO WARRANTY, to the extent permitted by law.
`

export default command({
  name: 'gzip',
  writeFailure: (name, errno) => `\n${name}: stdout: ${errno.message}\n`,
  aliases: ['gunzip', 'uncompress', 'zcat'],
  summary: 'Compress or uncompress FILEs (by default, compress FILES in-place).',
  usage: 'gzip [OPTION]... [FILE]...',
  suite: 'other',
  version: `${VERSION}\nWritten by Jean-loup Gailly.\n`,
  options: OPTIONS,
  raw: true,
  helpAlone: true,

  // gunzip, zcat and uncompress are scripts around gzip, whose name all messages have.
  *main(sys, _, args, me) {
    const program = basename(me.argv[0] ?? '')
    const implied = { gunzip: ['-d'], uncompress: ['-d'], zcat: ['-cd'] }[program] ?? []
    try {
      const parsed = getopt(OPTIONS, [...implied, ...args])
      const { flags } = parsed
      if (flags.license) me.out.print(VERSION)
      if (flags.license) return 0
      if (flags.lzw) throw new GetoptError('-Z not supported in this version')
      if (flags.bits !== undefined && !/^\d+$/.test(flags.bits))
        throw new GetoptError('-b operand is not an integer')
      const levels = parsed.order.filter(it => it.key === 'level' || it.key === 'fast' || it.key === 'best')
      return yield* new Gzip(sys, me, flags, levelOf(levels.at(-1)?.key, [...implied, ...args])).run(
        parsed.args,
      )
    } catch (e) {
      if (!(e instanceof GetoptError)) throw e
      yield* sys.write(2, `gzip: ${e.message}\nTry \`gzip --help' for more information.\n`)
      return 1
    }
  },
})

/** The last level on the command line. */
function levelOf(key: string | undefined, args: readonly string[]): number {
  if (key === undefined) return 6
  if (key !== 'level') return key === 'fast' ? 1 : 9
  const digits = args
    .filter(it => /^-[^-]/.test(it))
    .join('')
    .match(/[1-9]/g)
  return Number(digits?.at(-1) ?? 6)
}

class Gzip {
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: Flags<typeof OPTIONS>
  readonly #level: number
  readonly #suffix: string
  readonly #expands: boolean
  readonly #listing: Listing
  #status = 0

  constructor(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>, level: number) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#level = level
    this.#suffix = flags.suffix ?? '.gz'
    this.#expands = Boolean(flags.decompress || flags.test || flags.list)
    this.#listing = new Listing(me.out, Boolean(flags.verbose), Boolean(flags.quiet), me.env.get('TZ'))
  }

  *run(names: readonly string[]): Blocking<number> {
    if (this.#flags.ascii) yield* this.#warning('option --ascii ignored on this system', 0)
    if (!this.#suffix || this.#suffix.includes('/') || this.#suffix.length > 30) {
      yield* this.#error(`invalid suffix '${this.#suffix}'`)
      return 1
    }
    for (const name of names.length ? names : ['-']) {
      if (name === '-') yield* this.#stdin()
      else yield* this.#file(name)
    }
    if (this.#flags.list && names.length > 1) this.#listing.totals()
    return this.#status
  }

  *#error(text: string): Blocking<void> {
    this.#status = 1
    yield* this.#me.out.flush()
    yield* this.#sys.write(2, `gzip: ${text}\n`)
  }

  *#warning(text: string, status = 2): Blocking<void> {
    this.#status ||= status
    if (!this.#flags.quiet) yield* this.#sys.write(2, `gzip: ${text}\n`)
  }

  /** What is wrong with the data comes on a line of its own. */
  *#broken(text: string): Blocking<void> {
    yield* this.#me.out.flush()
    yield* this.#sys.write(2, '\n')
    yield* this.#error(text)
  }

  *#say(text: string): Blocking<void> {
    if (this.#flags.verbose) yield* this.#sys.write(2, text)
  }

  *#stdin(): Blocking<void> {
    const tty = this.#sys.isatty(this.#expands ? 0 : 1)
    if (!this.#flags.force && !this.#flags.list && tty) {
      const [what, action] = this.#expands ? ['read from', 'decompression'] : ['written to', 'compression']
      const help = 'For help, type: gzip -h'
      yield* this.#error(`compressed data not ${what} a terminal. Use -f to force ${action}.\n${help}`)
      return
    }
    const stat = must('standard input', () => this.#sys.fstat(0))
    const mtime = isReg(stat) && !this.#flags.noName ? stat.mtime.sec : 0
    const input = yield* readAll(this.#sys, 0)
    const done = yield* this.#convert(input, 'stdin', '', mtime)
    if (!done) return
    if (this.#flags.list) return this.#listing.add(done.expanded!, input.length, 'stdout', stat.mtime.sec)
    if (!this.#flags.test) yield* writeAll(this.#sys, 1, done.output)
    if (this.#flags.test || !this.#expands) yield* this.#say(this.#flags.test ? ' OK\n' : `${done.ratio}\n`)
    yield* this.#complain(done.expanded, 'stdin')
  }

  *#file(name: string): Blocking<void> {
    const opened = yield* this.#open(name)
    if (!opened) return
    const { path, fd } = opened
    const stat = this.#sys.fstat(fd)
    const target = isDir(stat) ? undefined : yield* this.#target(path, stat)
    if (target === undefined) closeInput(this.#sys, fd)
    if (isDir(stat)) yield* this.#directory(path)
    if (target === undefined) return
    const input = yield* readAll(this.#sys, fd)
    closeInput(this.#sys, fd)
    const named = this.#flags.noName ? '' : basename(path)
    const done = yield* this.#convert(input, path, named, this.#flags.noName ? 0 : stat.mtime.sec)
    if (!done) return
    if (this.#flags.list) this.#listing.add(done.expanded!, input.length, target, stat.mtime.sec)
    else if (this.#flags.test) yield* this.#say(`${path}:\t OK\n`)
    else yield* this.#write(path, target, stat, done)
    yield* this.#complain(done.expanded, path)
  }

  /** The file, or what it is called when compressed. */
  *#open(name: string): Blocking<{ path: string; fd: number } | undefined> {
    const { force, stdout, list, test } = this.#flags
    const follows = force || stdout || list || test
    const tries = [name]
    if (this.#expands && !suffixOf(name, this.#suffix)) tries.push(...candidates(name, this.#suffix))
    let refused: unknown
    for (const path of tries) {
      try {
        if (!follows && isLink(this.#sys.lstat(path))) throw ELOOP
        return { path, fd: yield* openInput(this.#sys, path) }
      } catch (e) {
        refused = e
        if (e !== ENOENT) break
      }
    }
    if (!(refused instanceof Errno)) throw refused
    yield* this.#error(`${refused === ENOENT ? (tries[1] ?? name) : name}: ${refused.message}`)
    return undefined
  }

  *#directory(path: string): Blocking<void> {
    if (!this.#flags.recursive) return yield* this.#warning(`${path} is a directory -- ignored`)
    try {
      for (const { name } of yield* readDir(this.#sys, path)) {
        const child = joinPath(path, name)
        if (this.#expands || !suffixOf(child, this.#suffix)) yield* this.#file(child)
      }
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#error(`${path}: ${e.message}`)
    }
  }

  /** Where the result goes; undefined if the file is left alone. */
  *#target(path: string, stat: Stat): Blocking<string | undefined> {
    const { stdout, force, list, test } = this.#flags
    const found = suffixOf(path, this.#suffix)
    const elsewhere = stdout || list || test
    if (!elsewhere && !isReg(stat)) {
      yield* this.#warning(`${path} is not a directory or a regular file - ignored`)
      return undefined
    }
    const others = stat.nlink - 1
    if (!elsewhere && others && !force) {
      yield* this.#warning(`${path} has ${others} other link${others > 1 ? 's' : ''} -- file ignored`)
      return undefined
    }
    if (!this.#expands) {
      if (!found || force || stdout) return path + this.#suffix
      yield* this.#warning(`${path} already has ${found} suffix -- unchanged`, 0)
      return undefined
    }
    if (found) return withoutSuffix(path, found)
    const { recursive, verbose } = this.#flags
    if ((stdout && !list && !test) || (elsewhere && !recursive)) return path
    if (verbose || !recursive) yield* this.#warning(`${path}: unknown suffix -- ignored`)
    return undefined
  }

  *#convert(
    input: Uint8Array,
    path: string,
    name: string,
    mtime: number,
  ): Blocking<{ output: Uint8Array; ratio: string; expanded?: Expanded } | undefined> {
    yield* this.#sys.burn(input.length * COST)
    if (!this.#expands) {
      const output = gzip(input, name, mtime, this.#level)
      const overhead = 18 + (name ? new TextEncoder().encode(name).length + 1 : 0)
      return { output, ratio: ratio(input.length - (output.length - overhead), input.length) }
    }
    try {
      const expanded = expand(input)
      const { data, size, overhead } = expanded
      return { output: data, expanded, ratio: ratio(size - (input.length - overhead), size) }
    } catch (e) {
      if (e instanceof GzipUnsupported) yield* this.#error(`${path}${e.message}`)
      else if (!(e instanceof GzipError)) throw e
      else if (
        this.#flags.force &&
        this.#flags.stdout &&
        (!input.length || e.message === 'not in gzip format')
      )
        yield* writeAll(this.#sys, 1, input)
      else {
        if ((this.#flags.stdout || path === 'stdin') && !this.#flags.test && !this.#flags.list)
          yield* writeAll(this.#sys, 1, e.partial)
        yield* this.#broken(`${path}: ${e.message}`)
      }
      return undefined
    }
  }

  /** The data was expanded, but not everything is as it should be. */
  *#complain(expanded: Expanded | undefined, path: string): Blocking<void> {
    for (const error of expanded?.errors ?? []) yield* this.#broken(`${path}: ${error}`)
    if (!expanded?.garbage || this.#flags.quiet) return
    yield* this.#sys.write(2, '\n')
    yield* this.#warning(`${path}: decompression OK, trailing garbage ignored`)
  }

  *#write(
    path: string,
    target: string,
    stat: Stat,
    done: { output: Uint8Array; ratio: string; expanded?: Expanded },
  ): Blocking<void> {
    const { stdout, keep, name } = this.#flags
    const stored = name ? done.expanded?.name : undefined
    const to = stored ? joinPath(dirname(target), basename(stored)).replace(/^\.\//, '') : target
    if (stdout) yield* writeAll(this.#sys, 1, done.output)
    else {
      const mtime = name && done.expanded?.mtime ? { sec: done.expanded.mtime, nsec: 0 } : stat.mtime
      if (!(yield* this.#create(to, stat, mtime, done.output))) return
      if (!keep && !done.expanded?.errors.length) this.#sys.unlink(path)
    }
    const how = keep ? 'created' : 'replaced with'
    if (!done.expanded?.errors.length)
      yield* this.#say(`${path}:\t${done.ratio} -- ${how} ${stdout ? 'stdout' : to}\n`)
  }

  /** Make the file with the permissions and times of the one it comes from. */
  *#create(path: string, stat: Stat, mtime: Stat['mtime'], data: Uint8Array): Blocking<boolean> {
    const sys = this.#sys
    try {
      const fd = yield* this.#openNew(path)
      if (fd === undefined) return false
      yield* writeAll(sys, fd, data)
      sys.close(fd)
      if (sys.geteuid() === 0) sys.chown(path, stat.uid, stat.gid)
      sys.chmod(path, stat.mode & 0o7777)
      sys.utimensat(path, stat.atime, mtime)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#error(`${path}: ${e.message}`)
      return false
    }
  }

  *#openNew(path: string): Blocking<number | undefined> {
    const create = O_WRONLY | O_CREAT
    try {
      return yield* this.#sys.open(path, create | (this.#flags.force ? O_TRUNC : O_EXCL), 0o600)
    } catch (e) {
      if (e !== EEXIST) throw e
    }
    if (this.#sys.isatty(0)) {
      if (yield* ask(this.#sys, `gzip: ${path} already exists; do you wish to overwrite (y or n)? `))
        return yield* this.#sys.open(path, create | O_TRUNC, 0o600)
      this.#status ||= 2
      yield* this.#sys.write(2, '\tnot overwritten\n')
    } else yield* this.#warning(`${path} already exists;\tnot overwritten`)
    return undefined
  }
}
