/**
 * du - estimate file space usage
 * https://www.gnu.org/software/coreutils/manual/html_node/du-invocation.html
 */
import { type Blocking, decode, Errno, isDir, type Stat, type Sys, type Timespec } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { byLine, command, fatal, readAll, readDir, usage } from '../lib/command.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { openInput } from '../lib/input.ts'
import { defaultBlockSize, humanSize, parseBlockSize, parseNumber, SIZES } from '../lib/numbers.ts'
import { basename, joinPath, lstatOf } from '../lib/path.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'

const TIMES = [
  ['atime', 'atime'],
  ['access', 'atime'],
  ['use', 'atime'],
  ['ctime', 'ctime'],
  ['status', 'ctime'],
] as const

interface Sum {
  bytes: number
  inodes: number
  time: Timespec
}

export default command({
  name: 'du',
  writeFailure: byLine,
  summary: 'Summarize device usage of the set of FILEs, recursively for directories.',
  usage: ['du [OPTION]... [FILE]...', 'du [OPTION]... --files0-from=F'],
  authors: 'Torbjorn Granlund, David MacKenzie, Paul Eggert,\nand Jim Meyering',
  options: {
    null: { short: '0', help: 'end each output line with NUL, not newline' },
    all: { short: 'a', help: 'write counts for all files, not just directories' },
    apparentSize: {
      short: 'A',
      long: 'apparent-size',
      help: 'print apparent sizes rather than device usage',
    },
    blockSize: { short: 'B', value: '=SIZE', help: 'scale sizes by SIZE before printing them' },
    bytes: { short: 'b', help: "equivalent to '--apparent-size --block-size=1'" },
    total: { short: 'c', help: 'produce a grand total' },
    dereferenceArgs: { short: 'DH', help: 'dereference only symlinks that are listed on the\ncommand line' },
    maxDepth: {
      short: 'd',
      value: '=N',
      help: 'print the total for a directory (or file, with --all)\nonly if it is N or fewer levels below the command\nline argument',
    },
    humanReadable: { short: 'h', help: 'print sizes in human readable format (e.g., 1K 234M 2G)' },
    inodes: { help: 'list inode usage information instead of block usage' },
    k: { help: 'like --block-size=1K' },
    dereference: { short: 'L', help: 'dereference all symbolic links' },
    countLinks: { short: 'l', help: 'count sizes many times if hard linked' },
    m: { help: 'like --block-size=1M' },
    noDereference: { short: 'P', help: "don't follow any symbolic links (this is the default)" },
    separateDirs: { short: 'S', help: 'for directories do not include size of subdirectories' },
    si: { help: 'like -h, but use powers of 1000 not 1024' },
    summarize: { short: 's', help: 'display only a total for each argument' },
    threshold: {
      short: 't',
      value: '=SIZE',
      help: 'exclude entries smaller than SIZE if positive,\nor entries greater than SIZE if negative',
    },
    time: {
      value: '[=WORD]',
      help: 'show time of the last modification of any file in the\ndirectory, or any of its subdirectories',
    },
    timeStyle: {
      value: '=STYLE',
      help: 'show times using STYLE, which can be:\nfull-iso, long-iso, iso, or +FORMAT',
    },
    files0From: {
      long: 'files0-from',
      value: '=F',
      help: 'summarize device usage of the\nNUL-terminated file names specified in file F;\nif F is -, then read names from standard input',
    },
    excludeFrom: {
      short: 'X',
      value: '=FILE',
      repeat: true,
      help: 'exclude files that match any pattern in FILE',
    },
    exclude: { value: '=PATTERN', repeat: true, help: 'exclude files that match PATTERN' },
    oneFileSystem: { short: 'x', help: 'skip directories on different file systems' },
  },

  *main(sys, flags, args, me) {
    let { block, human, suffix } = defaultBlockSize(me.env, 'DU_BLOCK_SIZE')
    let apparent = Boolean(flags.apparentSize)
    for (const { key, value } of me.order) {
      if (key === 'humanReadable') human = 1024
      else if (key === 'si') human = 1000
      else if (key === 'k' || key === 'm' || key === 'bytes') {
        block = key === 'k' ? 1024 : key === 'm' ? 1048576 : 1
        human = 0
        suffix = ''
        apparent ||= key === 'bytes'
      } else if (key === 'blockSize') {
        const it = parseBlockSize(value)
        if (!it)
          throw fatal(
            `invalid ${/^[1-9]\d*[^\d]/.test(value) ? 'suffix in ' : ''}${me.argv.some(arg => arg.startsWith('--b')) ? '--block-size' : '-B'} argument '${value}'`,
          )
        block = it.block
        human = it.human
        suffix = it.suffix
      }
    }
    let depth = Number.POSITIVE_INFINITY
    if (flags.maxDepth !== undefined) {
      const it = parseNumber(flags.maxDepth)
      if (!('value' in it) || it.value < 0) throw usage(`invalid maximum depth ${quote(flags.maxDepth)}`)
      depth = it.value
    }
    if (flags.summarize && flags.all) throw usage('cannot both summarize and show all entries')
    if (flags.summarize && flags.maxDepth !== undefined && depth === 0)
      yield* me.warn('warning: summarizing is the same as using --max-depth=0')
    else if (flags.summarize && flags.maxDepth !== undefined)
      throw usage(`warning: summarizing conflicts with --max-depth=${depth}`)
    if (flags.summarize) depth = 0
    const threshold = flags.threshold === undefined ? undefined : thresholdOf(flags.threshold)
    const which = flags.time ? oneOf('--time', flags.time, TIMES) : 'mtime'
    const zone = zoneOf(me.env.get('TZ'))
    const timeFormat = styleOf(
      flags.timeStyle ?? me.env.get('TIME_STYLE') ?? 'long-iso',
      flags.time !== undefined,
    )
    const patterns = [...(flags.exclude ?? [])]
    for (const file of flags.excludeFrom ?? []) patterns.push(...(yield* patternsOf(sys, file)))
    const names =
      flags.files0From === undefined ? (args.length ? args : ['.']) : yield* listed(flags.files0From)
    const end = flags.null ? '\0' : '\n'
    const seen = new Set<string>()
    let status = 0

    const show = (sum: Sum, path: string): void => {
      const amount = flags.inodes ? sum.inodes : sum.bytes
      if (threshold !== undefined && (threshold < 0 ? amount > -threshold : amount < threshold)) return
      const text = human
        ? humanSize(amount, human)
        : flags.inodes
          ? String(amount)
          : Math.ceil(amount / block) + suffix
      const time = flags.time === undefined ? '' : `${strftime(timeFormat, localtime(sum.time, zone))}\t`
      me.out.print(`${text}\t${time}${path}${end}`)
    }
    const total: Sum = { bytes: 0, inodes: 0, time: { sec: 0, nsec: 0 } }
    for (const [i, path] of names.entries()) {
      const complaint = flags.files0From === undefined ? undefined : unusable(flags.files0From, path, i)
      if (complaint !== undefined) {
        yield* me.warn(complaint)
        status = 1
        continue
      }
      const sum = yield* visit(path, 0, -1)
      if (sum) add(total, sum)
    }
    if (flags.total) show(total, 'total')
    return status

    function excluded(path: string): boolean {
      return patterns.some(pattern => fnmatch(pattern, basename(path)) || fnmatch(pattern, path))
    }

    /** The names in the list of --files0-from. */
    function* listed(list: string): Blocking<string[]> {
      if (args[0] !== undefined)
        throw usage(`extra operand ${quote(args[0])}\nfile operands cannot be combined with --files0-from`)
      let text: string
      try {
        text = decode(yield* readAll(sys, yield* openInput(sys, list)))
      } catch (e) {
        throw fatal(`cannot open ${quoteaf(list)} for reading`, e)
      }
      return text.replace(/\0$/, '').split('\0')
    }

    /** What is wrong with a name in the list of --files0-from. */
    function unusable(list: string, name: string, i: number): string | undefined {
      if (!name) return `${quotef(list)}:${i + 1}: invalid zero-length file name`
      if (name !== '-' || list !== '-') return undefined
      return `when reading file names from stdin, no file name of ${quoteaf('-')} allowed`
    }

    /** What a file takes, with all below it; undefined if it does not count. */
    function* visit(path: string, level: number, dev: number): Blocking<Sum | undefined> {
      if (excluded(path)) return undefined
      if (!path) {
        yield* me.warn('invalid zero-length file name')
        status = 1
        return undefined
      }
      let stat: Stat
      try {
        stat = flags.dereference || (flags.dereferenceArgs && !level) ? sys.stat(path) : sys.lstat(path)
      } catch (e) {
        // fts has no errno for a link that is followed to nothing.
        yield* me.warn(`cannot access ${quoteaf(path)}`, lstatOf(sys, path) ? undefined : e)
        status = 1
        return undefined
      }
      if (flags.oneFileSystem && dev >= 0 && stat.dev !== dev) return undefined
      const id = `${stat.dev}:${stat.ino}`
      const once = names.length > 1 || flags.dereference || stat.nlink > 1
      if (isDir(stat) || (!flags.countLinks && once)) {
        if (seen.has(id)) return undefined
        seen.add(id)
      }
      const directory = isDir(stat)
      const own = apparent
        ? directory || (stat.mode & 0o170000) === 0o100000 || (stat.mode & 0o170000) === 0o120000
          ? stat.size
          : 0
        : stat.blocks * 512
      const sum: Sum = { bytes: own, inodes: 1, time: stat[which] }
      const shown: Sum = { ...sum }
      if (directory) yield* below(path, stat, level, sum, shown)
      const top = level === 0
      if (level <= depth && (directory || flags.all || top)) show(flags.separateDirs ? shown : sum, path)
      if (me.out.full) yield* me.out.flush()
      return sum
    }

    function* below(path: string, stat: Stat, level: number, sum: Sum, shown: Sum): Blocking<void> {
      let entries: readonly { name: string; type: number }[]
      try {
        entries = yield* readDir(sys, path)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`cannot read directory ${quoteaf(path)}`, e)
        status = 1
        return
      }
      for (const { name, type } of entries) {
        const its = yield* visit(joinPath(path, name), level + 1, stat.dev)
        if (!its) continue
        add(sum, its)
        if (type !== 0o040000) add(shown, its)
      }
    }
  },
})

function add(sum: Sum, more: Sum): void {
  sum.bytes += more.bytes
  sum.inodes += more.inodes
  if (more.time.sec > sum.time.sec || (more.time.sec === sum.time.sec && more.time.nsec > sum.time.nsec))
    sum.time = more.time
}

function thresholdOf(text: string): number {
  const it = parseNumber(text, SIZES)
  if (!('value' in it)) throw fatal(`invalid -t argument '${text}'`)
  if (Object.is(it.value, -0)) throw fatal(`invalid --threshold argument '${text}'`)
  return it.value
}

/** The patterns of --exclude-from, a line each. */
function* patternsOf(sys: Sys, file: string): Blocking<string[]> {
  try {
    return decode(yield* readAll(sys, yield* openInput(sys, file)))
      .split('\n')
      .filter(line => line)
  } catch (e) {
    throw e instanceof Errno ? usage(`${quotef(file)}: ${e.message}`) : e
  }
}

const STYLES = [
  ['full-iso', 'full-iso'],
  ['long-iso', 'long-iso'],
  ['iso', 'iso'],
] as const

function styleOf(text: string, isShown: boolean): string {
  if (text.startsWith('+')) return text.slice(1)
  const style = isShown ? oneOf('time style', text, STYLES) : text
  if (style === 'full-iso') return '%Y-%m-%d %H:%M:%S.%N %z'
  return style === 'iso' ? '%Y-%m-%d' : '%Y-%m-%d %H:%M'
}
