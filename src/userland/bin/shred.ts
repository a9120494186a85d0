/**
 * shred - overwrite a file to hide its contents, and optionally delete it
 * https://www.gnu.org/software/coreutils/manual/html_node/shred-invocation.html
 *
 * Left out: the progress of large files.
 */
import {
  type Blocking,
  EACCES,
  Errno,
  isReg,
  O_RDONLY,
  O_WRONLY,
  refusal,
  SEEK_SET,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, type Flags, must, type Process, usage, writeAll } from '../lib/command.ts'
import { parseNumber } from '../lib/numbers.ts'
import { basename, dirname, joinPath, lstatOf } from '../lib/path.ts'
import { quote, quotef } from '../lib/quote.ts'

const OPTIONS = {
  force: { short: 'f', help: 'change permissions to allow writing if necessary' },
  iterations: { short: 'n', value: '=N', help: 'overwrite N times instead of the default (3)' },
  randomSource: { value: '=FILE', help: 'get random bytes from FILE' },
  size: { short: 's', value: '=N', help: 'shred this many bytes (suffixes like K, M, G accepted)' },
  u: { help: 'deallocate and remove file after overwriting' },
  remove: { value: '[=HOW]', help: 'like -u but give control on HOW to delete;  See below' },
  verbose: { short: 'v', help: 'show progress' },
  exact: { short: 'x', help: 'do not round file sizes up to the next full block' },
  zero: { short: 'z', help: 'add a final overwrite with zeros to hide shredding' },
} as const

const WAYS = [
  ['unlink', 'unlink'],
  ['wipe', 'wipe'],
  ['wipesync', 'wipesync'],
] as const

/** Three bytes that are written over and over; -1 are random ones. Groups in the order they are used up. */
const PATTERNS: readonly (readonly number[])[] = [
  [-1, -1],
  [0x000, 0xfff],
  [0x555, 0xaaa],
  [-1],
  [0x249, 0x492, 0x6db, 0x924, 0xb6d, 0xdb6],
  [0x111, 0x222, 0x333, 0x444, 0x666, 0x777, 0x888, 0x999, 0xbbb, 0xccc, 0xddd, 0xeee],
  [-1],
]

interface Run {
  readonly sys: Sys
  readonly flags: Flags<typeof OPTIONS>
  readonly me: Process
  readonly passes: number
  readonly size: number | undefined
  /** The file of --random-source, else -1. */
  readonly source: number
}

export default command({
  name: 'shred',
  summary: 'Overwrite the specified FILE(s) repeatedly.',
  usage: 'shred [OPTION]... FILE...',
  authors: 'Colin Plumb',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const passes = count(flags.iterations ?? '3', '', 'invalid number of passes')
    if (flags.remove) oneOf('--remove', flags.remove, WAYS)
    const size =
      flags.size === undefined ? undefined : count(flags.size, 'cbBkKMGTPEZY0', 'invalid file size')
    if (!args.length) throw usage('missing file operand')
    const from = flags.randomSource
    const source = from === undefined ? -1 : yield* must(quotef(from), sys.open(from, O_RDONLY))
    const run: Run = { sys, flags, me, passes, size, source }
    let status = 0
    for (const path of args) if (!(yield* shred(run, path))) status = 1
    return status
  },
})

function count(text: string, suffixes: string, problem: string): number {
  const it = parseNumber(text, suffixes)
  if (!('value' in it) || it.value < 0) throw fatal(`${problem}: ${quote(text)}`)
  return it.value
}

function* shred(run: Run, path: string): Blocking<boolean> {
  const { sys, flags, me } = run
  let fd = 1
  try {
    if (path !== '-') fd = yield* openFor(run, path)
  } catch (e) {
    yield* me.warn(`${quotef(path)}: failed to open for writing`, e)
    return false
  }
  const stat = sys.fstat(fd)
  const fine = yield* overwrite(run, fd, path, stat)
  if (fd !== 1) sys.close(fd)
  const removes = flags.u || flags.remove !== undefined
  return fine && removes && path !== '-' ? yield* wipeName(run, path) : fine
}

function* openFor({ sys, flags }: Run, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_WRONLY)
  } catch (e) {
    if (e !== EACCES || !flags.force || refusal(() => sys.chmod(path, 0o200))) throw e
    return yield* sys.open(path, O_WRONLY)
  }
}

function* overwrite(run: Run, fd: number, path: string, stat: Stat): Blocking<boolean> {
  const { sys, flags, me } = run
  const name = quotef(path)
  if (!isReg(stat)) {
    yield* me.warn(`${name}: invalid file type`)
    return false
  }
  const rounded = Math.ceil(stat.size / stat.blksize) * stat.blksize
  const size = run.size ?? (flags.exact ? stat.size : rounded)
  // There is nothing to hide in an empty file.
  const patterns = size ? choosePatterns(sys, run.passes) : []
  if (flags.zero) patterns.push(0)
  for (const [i, pattern] of patterns.entries()) {
    const kind = pattern < 0 ? 'random' : hex(threeBytes(pattern))
    if (flags.verbose) yield* me.warn(`${name}: pass ${i + 1}/${patterns.length} (${kind})...`)
    try {
      sys.lseek(fd, 0, SEEK_SET)
      yield* writePass(run, fd, size, pattern)
      yield* sys.fsync(fd)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`${name}: error writing at offset 0`, e)
      return false
    }
  }
  if (flags.u || flags.remove !== undefined) yield* sys.ftruncate(fd, 0)
  return true
}

const threeBytes = (pattern: number): number[] => {
  const bits = pattern | (pattern << 12)
  return [(bits >> 4) & 255, (bits >> 8) & 255, bits & 255]
}
const hex = (bytes: readonly number[]): string => bytes.map(it => it.toString(16).padStart(2, '0')).join('')

const CHUNK = 61440

function* writePass({ sys, source }: Run, fd: number, size: number, pattern: number): Blocking<void> {
  const bytes = threeBytes(Math.max(0, pattern))
  for (let left = size; left > 0; left -= CHUNK) {
    const length = Math.min(left, CHUNK)
    const random =
      pattern >= 0 ? undefined : source < 0 ? sys.getrandom(length) : yield* sys.read(source, length)
    const data = random ?? Uint8Array.from({ length }, (_, i) => bytes[i % 3]!)
    yield* writeAll(sys, fd, data)
    yield* sys.burn(length * 2)
  }
}

/** What each pass writes: groups of patterns while they last, scattered among the random passes. */
function choosePatterns(sys: Sys, passes: number): number[] {
  const fixed: number[] = []
  let left = passes
  for (let group = 0; left; group = (group + 1) % PATTERNS.length) {
    const patterns = PATTERNS[group]!
    if (patterns[0]! < 0) left -= Math.min(left, patterns.length)
    else if (patterns.length <= left || (left >= 2 && 3 * left >= patterns.length)) {
      const some = scrambled(sys, patterns).slice(0, left)
      fixed.push(...some)
      left -= some.length
    } else break
  }
  return scattered(scrambled(sys, fixed), passes)
}

function scrambled(sys: Sys, patterns: readonly number[]): number[] {
  const all = [...patterns]
  for (let i = all.length - 1; i > 0; i--) {
    const j = sys.getrandom(1)[0]! % (i + 1)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}

/** Random passes at both ends and at even distances between. */
function scattered(fixed: readonly number[], passes: number): number[] {
  const gaps = passes - fixed.length - 1
  const all: number[] = []
  let next = 0
  for (let i = 0, accumulated = gaps; i < passes; i++, accumulated -= gaps) {
    const isRandom = accumulated <= gaps
    if (isRandom) accumulated += passes - 1
    all.push(isRandom ? -1 : (fixed[next++] ?? -1))
  }
  return all
}

/** Rename to shorter and shorter names, then unlink. */
function* wipeName({ sys, flags, me }: Run, path: string): Blocking<boolean> {
  function* say(text: string): Blocking<void> {
    if (flags.verbose) yield* me.warn(text)
  }
  const how = flags.remove || 'wipesync'
  let current = path
  yield* say(`${quotef(path)}: removing`)
  try {
    if (how !== 'unlink')
      for (let length = basename(path).length; length; length--) {
        const shorter = joinPath(dirname(path), '0'.repeat(length)).replace(/^\.\//, '')
        if (lstatOf(sys, shorter)) continue
        sys.rename(current, shorter)
        yield* say(`${quotef(current)}: renamed to ${quotef(shorter)}`)
        current = shorter
      }
    sys.unlink(current)
  } catch (e) {
    yield* me.warn(`${quotef(current)}: failed to remove`, e)
    return false
  }
  yield* say(`${quotef(path)}: removed`)
  return true
}
