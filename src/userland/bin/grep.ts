/**
 * grep, egrep, fgrep, rgrep - print lines that match patterns
 * https://www.gnu.org/software/grep/manual/grep.html
 *
 * Left out: recursion and conditions in -P; encodings other than UTF-8.
 */
import { type Blocking, decode, Errno, isDir, isReg, SIGSEGV, type Stat, type Sys } from '../../abi/index.ts'
import {
  allOptions,
  type Command,
  command,
  fatal,
  type Flags,
  type Process,
  readAll,
  readDir,
} from '../lib/command.ts'
import { type Ancestor, cycleOf } from '../lib/cycle.ts'
import { helpText } from '../lib/help.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { begun, type Colors, grepColors, painted } from '../lib/grep/colors.ts'
import { KEEP, PerlError, perlSource } from '../lib/grep/perl.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { Lines } from '../lib/lines.ts'
import { parseNumber } from '../lib/numbers.ts'
import { basename, isDirectory, joinPath, sameFile } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'
import { compileRegex, escapeRegex, RegexError, regerror } from '../lib/regex.ts'
import { guarded } from '../lib/regex-machine.ts'

const OPTIONS = {
  extendedRegexp: { short: 'E', help: 'PATTERNS are extended regular expressions' },
  fixedStrings: { short: 'F', help: 'PATTERNS are strings' },
  basicRegexp: { short: 'G', help: 'PATTERNS are basic regular expressions' },
  perlRegexp: { short: 'P', help: 'PATTERNS are Perl regular expressions' },
  regexp: { short: 'e', value: '=PATTERNS', repeat: true, help: 'use PATTERNS for matching' },
  file: { short: 'f', value: '=FILE', repeat: true, help: 'take PATTERNS from FILE' },
  ignoreCase: { short: 'iy', help: 'ignore case distinctions in patterns and data' },
  noIgnoreCase: { help: 'do not ignore case distinctions (default)' },
  wordRegexp: { short: 'w', help: 'match only whole words' },
  lineRegexp: { short: 'x', help: 'match only whole lines' },
  nullData: { short: 'z', help: 'a data line ends in 0 byte, not newline' },
  noMessages: { short: 's', help: 'suppress error messages' },
  invertMatch: { short: 'v', help: 'select non-matching lines' },
  V: { help: 'display version information and exit' },
  maxCount: { short: 'm', value: '=NUM', help: 'stop after NUM selected lines' },
  byteOffset: { short: 'b', help: 'print the byte offset with output lines' },
  lineNumber: { short: 'n', help: 'print line number with output lines' },
  lineBuffered: { help: 'flush output on every line' },
  withFilename: { short: 'H', help: 'print file name with output lines' },
  noFilename: { short: 'h', help: 'suppress the file name prefix on output' },
  label: { value: '=LABEL', help: 'use LABEL as the standard input file name prefix' },
  onlyMatching: { short: 'o', help: 'show only nonempty parts of lines that match' },
  quiet: { short: 'q', also: ['silent'], help: 'suppress all normal output' },
  binaryFiles: {
    value: '=TYPE',
    help: "assume that binary files are TYPE;\nTYPE is 'binary', 'text', or 'without-match'",
  },
  text: { short: 'a', help: 'equivalent to --binary-files=text' },
  I: { help: 'equivalent to --binary-files=without-match' },
  directories: {
    short: 'd',
    value: '=ACTION',
    help: "how to handle directories;\nACTION is 'read', 'recurse', or 'skip'",
  },
  devices: {
    short: 'D',
    value: '=ACTION',
    help: "how to handle devices, FIFOs and sockets;\nACTION is 'read' or 'skip'",
  },
  recursive: { short: 'r', help: 'like --directories=recurse' },
  dereferenceRecursive: { short: 'R', help: 'likewise, but follow all symlinks' },
  include: { value: '=GLOB', repeat: true, help: 'search only files that match GLOB (a file pattern)' },
  exclude: { value: '=GLOB', repeat: true, help: 'skip files that match GLOB' },
  excludeFrom: { value: '=FILE', help: 'skip files that match any file pattern from FILE' },
  excludeDir: { value: '=GLOB', repeat: true, help: 'skip directories that match GLOB' },
  filesWithoutMatch: { short: 'L', help: 'print only names of FILEs with no selected lines' },
  filesWithMatches: { short: 'l', help: 'print only names of FILEs with selected lines' },
  count: { short: 'c', help: 'print only a count of selected lines per FILE' },
  initialTab: { short: 'T', help: 'make tabs line up (if needed)' },
  null: { short: 'Z', help: 'print 0 byte after FILE name' },
  beforeContext: { short: 'B', value: '=NUM', help: 'print NUM lines of leading context' },
  afterContext: { short: 'A', value: '=NUM', help: 'print NUM lines of trailing context' },
  context: { short: 'C', value: '=NUM', help: 'print NUM lines of output context' },
  groupSeparator: { value: '=SEP', help: 'print SEP on line between matches with context' },
  noGroupSeparator: { help: 'do not print separator for matches with context' },
  color: { also: ['colour'], value: '[=WHEN]', help: 'use markers to highlight the matching strings' },
  binary: { short: 'U', help: 'do not strip CR characters at EOL (MSDOS/Windows)' },
  unixByteOffsets: { short: 'u' },
} as const

type GrepFlags = Flags<typeof OPTIONS>

const TYPES = ['binary', 'text', 'without-match'] as const

interface Grep {
  readonly sys: Sys
  readonly me: Process<keyof typeof OPTIONS>
  readonly flags: GrepFlags
  /** Decides whether a line is selected, -v aside. */
  readonly test: RegExp
  /** Finds all matches in a line, for -o and colours. */
  readonly all: RegExp
  readonly names: boolean
  readonly before: number
  readonly after: number
  readonly max: number
  readonly colors: Colors | undefined
  readonly end: string
  readonly binary: (typeof TYPES)[number]
  readonly recurse: boolean
  /** How wide numbers are under -T: as the size of the file. */
  width: number
  matched: boolean
  failed: boolean
  /** Whether a line was printed before, so that a separator is due. */
  printed: boolean
}

/** What ends the whole search early. */
const DONE = Symbol('done')

const USAGE = "Usage: %s [OPTION]... PATTERNS [FILE]...\nTry '%s --help' for more information.\n"

const grep: Command = command({
  name: 'grep',
  aliases: ['egrep', 'fgrep', 'rgrep'],
  summary:
    "Search for PATTERNS in each FILE.\nExample: grep -i 'hello world' menu.h main.c\nPATTERNS can contain multiple patterns separated by newlines.\n\nPattern selection and interpretation:",
  usage: 'grep [OPTION]... PATTERNS [FILE]...',
  options: OPTIONS,
  suite: 'grep',
  failure: 2,
  wrongUsage: USAGE.replaceAll('%s', 'grep'),
  // `grep -3` is `grep -C 3`.
  obsolete(args) {
    const end = args.indexOf('--')
    const isValue = (i: number) => /^-[a-zA-Z]*[efABCmdD]$/.test(args[i - 1] ?? '')
    const isNumber = (arg: string, i: number) => /^-\d+$/.test(arg) && (end < 0 || i < end) && !isValue(i)
    return args.map((arg, i) => (isNumber(arg, i) ? `-C${arg.slice(1)}` : arg))
  },

  *main(sys, flags, args, me) {
    // c_stack_action(): a stack that overflows, or another fault, is told of.
    sys.sigaction(SIGSEGV, () => {
      throw fatal('program error')
    })
    if (flags.V) {
      me.out.print('grep (GNU grep) 3.8\n')
      return 0
    }
    if (flags.unixByteOffsets) yield* me.warn('warning: --unix-byte-offsets (-u) is obsolete')
    const color = colorOf(flags.color)
    if (color === undefined) {
      me.out.print(helpText(grep.spec, me.name, allOptions(grep.spec)))
      return 0
    }
    const isColored =
      color === 'always' || (color === 'auto' && me.out.isTty && me.env.get('TERM') !== 'dumb')
    const single = me.env.get('GREP_COLOR')
    if (isColored && single)
      yield* me.warn(`warning: GREP_COLOR='${single}' is deprecated; use GREP_COLORS='mt=${single}'`)
    const program = basename(me.argv[0] ?? 'grep')
    const patterns = yield* gather(sys, flags, args)
    if (patterns === undefined) {
      yield* sys.write(2, USAGE.replaceAll('%s', 'grep'))
      return 2
    }
    if (flags.devices !== undefined && flags.devices !== 'read' && flags.devices !== 'skip')
      throw fatal('unknown devices method')
    const isHopeless =
      maxOf(flags.maxCount) === 0 ||
      (patterns.join('\n') === '' &&
        patterns.length === 1 &&
        flags.invertMatch &&
        !flags.lineRegexp &&
        !flags.wordRegexp)
    if (isHopeless && !flags.filesWithoutMatch) return 1
    const directories = flags.directories === undefined ? '' : flags.directories
    if (directories && !['read', 'recurse', 'skip'].includes(directories))
      throw fatal(
        `invalid argument ${quote(directories)} for ${quote('--directories')}\nValid arguments are:\n${['read', 'recurse', 'skip'].map(it => `  - ${quote(it)}\n`).join('')}Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.`,
        undefined,
        1,
      )
    const recurse = Boolean(
      flags.recursive || flags.dereferenceRecursive || program === 'rgrep' || directories === 'recurse',
    )
    const files = args.length ? args : [recurse ? '' : '-']
    const context = contextOf(flags.context) ?? 0
    const [test, all] = yield* compile(flags, patterns, program, me)
    const binary = flags.text
      ? 'text'
      : flags.I
        ? 'without-match'
        : (TYPES.find(it => it === (flags.binaryFiles ?? 'binary')) ?? unknownType())
    const named = me.order.findLast(it => it.key === 'withFilename' || it.key === 'noFilename')?.key
    const listing = Boolean(flags.quiet || flags.filesWithMatches || flags.filesWithoutMatch || flags.count)
    const job: Grep = {
      sys,
      me,
      flags,
      test,
      all,
      names: named
        ? named === 'withFilename'
        : files.length > 1 || (recurse && isDirectory(sys, files[0] || '.')),
      before: listing || flags.onlyMatching ? 0 : (contextOf(flags.beforeContext) ?? context),
      after: listing || flags.onlyMatching ? 0 : (contextOf(flags.afterContext) ?? context),
      max: maxOf(flags.maxCount),
      colors: isColored ? grepColors(me.env.get('GREP_COLORS'), single) : undefined,
      end: flags.nullData ? '\0' : '\n',
      binary,
      recurse,
      width: 0,
      matched: false,
      failed: false,
      printed: false,
    }
    try {
      for (const name of files) yield* search(job, name)
    } catch (e) {
      if (e !== DONE) throw e
    }
    if (flags.quiet && job.matched) return 0
    return job.failed ? 2 : job.matched ? 0 : 1
  },
})

export default grep

/** What --color asks for; undefined for a word that grep does not know. */
function colorOf(text: string | undefined): 'never' | 'always' | 'auto' | undefined {
  if (text === undefined) return 'never'
  if (/^(always|yes|force)$/.test(text)) return 'always'
  if (/^(never|no|none)$/.test(text)) return 'never'
  return /^(auto|tty|if-tty|)$/.test(text) ? 'auto' : undefined
}

function unknownType(): never {
  throw fatal('unknown binary-files type')
}

function contextOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const it = parseNumber(text)
  if (!('value' in it) || it.value < 0) throw fatal(`${text}: invalid context length argument`)
  return it.value
}

function maxOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const it = parseNumber(text, 'kKmMGT')
  if (!('value' in it)) throw fatal('invalid max count')
  return it.value < 0 ? Number.POSITIVE_INFINITY : it.value
}

/** The patterns of -e, -f or the first operand, which is removed; undefined if there is none. */
function* gather(sys: Sys, flags: GrepFlags, args: string[]): Blocking<string[] | undefined> {
  if (flags.regexp === undefined && flags.file === undefined) return args.shift()?.split('\n')
  const patterns = (flags.regexp ?? []).flatMap(it => it.split('\n'))
  for (const name of flags.file ?? []) {
    try {
      const fd = yield* openInput(sys, name)
      const text = decode(yield* readAll(sys, fd))
      closeInput(sys, fd)
      if (text) patterns.push(...text.replace(/\n$/, '').split('\n'))
    } catch (e) {
      throw fatal(name, e)
    }
  }
  return patterns
}

const WORD = '[\\p{L}\\p{N}_]'

function* compile(
  flags: GrepFlags,
  patterns: readonly string[],
  program: string,
  me: Process<keyof typeof OPTIONS>,
): Blocking<[RegExp, RegExp]> {
  const kinds = new Set<string>(
    me.order.map(it => it.key).filter(key => /^(extended|fixed|basic|perl)/.test(key)),
  )
  if (program === 'egrep' && kinds.size) kinds.add('extendedRegexp')
  if (program === 'fgrep' && kinds.size) kinds.add('fixedStrings')
  if (kinds.size > 1) throw fatal('conflicting matchers specified')
  const [last] = kinds
  const kind =
    last ?? (program === 'egrep' ? 'extendedRegexp' : program === 'fgrep' ? 'fixedStrings' : 'basicRegexp')
  if (kind === 'perlRegexp' && patterns.length > 1)
    throw fatal('the -P option only supports a single pattern')
  const sources: string[] = []
  for (const pattern of patterns) sources.push(yield* source(pattern))
  // The longest of plain texts is tried first, so that the leftmost match is the longest.
  if (kind === 'fixedStrings') sources.sort((a, b) => b.length - a.length)
  let whole = sources.length ? sources.map(it => `(?:${it})`).join('|') : '(?!)'
  if (sources.length === 1) whole = sources[0]!
  if (flags.lineRegexp) whole = `^(?:${whole})$`
  else if (flags.wordRegexp) whole = `(?<!${WORD})(?:${whole})(?!${WORD})`
  const ignore =
    me.order.findLast(it => it.key === 'ignoreCase' || it.key === 'noIgnoreCase')?.key === 'ignoreCase'
  const mode = `u${ignore ? 'i' : ''}${kind === 'perlRegexp' ? '' : 's'}`
  const longest = kind !== 'perlRegexp'
  const indices = whole.includes(KEEP) ? 'd' : ''
  try {
    return [guarded(whole, mode, longest), guarded(whole, `${mode}${indices}g`, longest)]
  } catch {
    throw fatal('unrecognized regular expression')
  }

  function* source(pattern: string): Blocking<string> {
    if (kind === 'fixedStrings') return escapeRegex(pattern)
    if (kind === 'perlRegexp') return perl(pattern)
    const named = /(?<!\[)\[:(\w+):\](?!\])/.exec(pattern)
    if (named) throw fatal('character class syntax is [[:space:]], not [:space:]')
    const alone: string[] = []
    const leading = (operator: string): number => alone.push(operator)
    try {
      const { source } = compileRegex(pattern, {
        extended: kind === 'extendedRegexp',
        stray: () => {},
        leading,
      })
      for (const it of alone) yield* me.warn(`warning: ${it} at start of expression`)
      return source.replace(/^\(\?:\)$/, '')
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      throw fatal(regerror(e, pattern))
    }
  }
}

function perl(pattern: string): string {
  try {
    return perlSource(pattern, false)
  } catch (e) {
    throw e instanceof PerlError ? fatal(e.message) : e
  }
}

/** Search a named file or directory. */
function* search(grep: Grep, name: string, above?: readonly Ancestor[]): Blocking<void> {
  const { sys, flags, me } = grep
  const path = name === '' ? '.' : name
  let fd = 0
  try {
    if (path !== '-') {
      const stat = sys.stat(path)
      if (isDir(stat)) {
        if (grep.recurse) return yield* searchDirectory(grep, name, stat, above ?? [])
        if (flags.directories === 'skip') return
      } else if (skipped(grep, path, !above)) return
      else if (flags.devices === 'skip' && !isReg(stat)) return
    }
    fd = yield* openInput(sys, path)
    if (!listsOnly(grep) && isOutput(sys, fd)) {
      if (!flags.noMessages) yield* me.warn(`${label(grep, path)}: input file is also the output`)
      grep.failed = true
    } else yield* searchFile(grep, fd, label(grep, path))
  } catch (e) {
    if (e === DONE || !(e instanceof Errno)) throw e
    grep.failed = true
    if (!flags.noMessages) yield* me.warn(label(grep, path), e)
  }
  if (fd) sys.close(fd)
}

const listsOnly = ({ flags }: Grep): boolean =>
  Boolean(
    flags.quiet ||
      flags.filesWithMatches ||
      flags.filesWithoutMatch ||
      (flags.maxCount !== undefined && Number(flags.maxCount) < 2),
  )

const label = ({ flags }: Grep, path: string): string =>
  path === '-' ? (flags.label ?? '(standard input)') : path

function isOutput(sys: Sys, fd: number): boolean {
  const output = sys.fstat(1)
  if (!isReg(output)) return false
  return sameFile(output, sys.fstat(fd))
}

function skipped({ flags }: Grep, path: string, named: boolean): boolean {
  const fits = (glob: string): boolean => fnmatch(glob, basename(path)) || (named && fnmatch(glob, path))
  if (flags.exclude?.some(fits)) return true
  return flags.include !== undefined && !flags.include.some(fits)
}

function* searchDirectory(grep: Grep, dir: string, stat: Stat, above: readonly Ancestor[]): Blocking<void> {
  const { sys, flags, me } = grep
  if (cycleOf(above, stat)) {
    if (!flags.noMessages) yield* me.warn(`${dir}: warning: recursive directory loop`)
    return
  }
  const here = [...above, { path: dir, stat }]
  for (const { name, type } of yield* readDir(sys, dir || '.')) {
    const path = dir === '' ? name : joinPath(dir, name)
    if (type === 0o120000 && !flags.dereferenceRecursive) continue
    if (type === 0o040000 && flags.excludeDir?.some(glob => fnmatch(glob.replace(/\/+$/, ''), name))) continue
    if (type !== 0o040000 && type !== 0o100000 && type !== 0o120000 && flags.devices !== 'read') continue
    yield* search(grep, path, here)
  }
}

interface Row {
  readonly text: string
  readonly number: number
  readonly offset: number
}

function* searchFile(grep: Grep, fd: number, name: string): Blocking<void> {
  const { sys, me, flags } = grep
  const lines = new Lines(sys, fd, flags.nullData ? 0 : 10)
  const tracksOffset = Boolean(flags.byteOffset)
  if (flags.initialTab) grep.width = offsetWidth(grep, fd)
  const context: Row[] = []
  let selected = 0
  let number = 0
  let offset = 0
  let trailing = 0
  let lastPrinted = 0
  let isBinary = false
  const quietly = flags.quiet || flags.filesWithMatches || flags.filesWithoutMatch || flags.count
  if (grep.max > 0)
    for (;;) {
      const bytes = yield* lines.nextBytes()
      if (bytes === undefined) break
      const text = decode(bytes)
      number++
      if (number === 1 && grep.binary !== 'text' && !flags.nullData) isBinary = lines.chunkHas(0)
      if (number % 256 === 0) yield* sys.burn(256 * 200)
      const row: Row = { text, number, offset }
      if (tracksOffset) offset += bytes.length + 1
      if (grep.test.test(text) !== Boolean(flags.invertMatch)) {
        selected++
        if (isBinary && grep.binary === 'without-match') {
          selected = 0
          break
        }
        grep.matched = true
        if (flags.quiet) throw DONE
        if (flags.filesWithMatches || flags.filesWithoutMatch) break
        if (!quietly) {
          if (
            (isBinary || text.includes('\0') || invalid(text)) &&
            grep.binary === 'binary' &&
            !flags.nullData
          ) {
            yield* me.warn(`${name}: binary file matches`)
            return
          }
          const first = context[0]?.number ?? number
          separator(grep, lastPrinted, first)
          for (const it of context) print(grep, name, it, '-')
          context.length = 0
          print(grep, name, row, ':')
          lastPrinted = number
          trailing = grep.after
        }
        if (selected >= grep.max && !trailing) break
        if (selected >= grep.max) {
          yield* trail(row)
          break
        }
      } else if (!quietly && trailing > 0) {
        print(grep, name, row, '-')
        lastPrinted = number
        trailing--
      } else if (grep.before && !quietly) {
        context.push(row)
        if (context.length > grep.before) context.shift()
      }
      if (me.out.full || flags.lineBuffered) yield* me.out.flush()
    }
  const shown = painted(grep.colors, name, grep.colors?.fn ?? '')
  const end = flags.null ? '\0' : '\n'
  if (flags.count && !flags.filesWithMatches && !flags.filesWithoutMatch)
    me.out.print(
      `${grep.names ? shown + (flags.null ? '\0' : painted(grep.colors, ':', grep.colors?.se ?? '')) : ''}${selected}\n`,
    )
  else if (flags.filesWithMatches && selected) me.out.print(shown + end)
  else if (flags.filesWithoutMatch && !selected) me.out.print(shown + end)

  /** After the last line wanted (-m), its trailing context. */
  function* trail(after: Row): Blocking<void> {
    for (let i = 1; i <= trailing; i++) {
      const bytes = yield* lines.nextBytes()
      if (bytes === undefined) return
      print(grep, name, { text: decode(bytes), number: after.number + i, offset: 0 }, '-')
    }
  }
}

function offsetWidth({ sys, flags }: Grep, fd: number): number {
  const stat = sys.fstat(fd)
  return isReg(stat) ? String(Number(stat.size) + (flags.lineNumber ? 1 : 0)).length : 19
}

const invalid = (text: string): boolean =>
  /[\udc80-\udcff]/.test(text) && /(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text)

/** `--` between lines that are not neighbours. */
function separator(grep: Grep, last: number, next: number): void {
  const { flags, me } = grep
  const wanted =
    flags.context !== undefined || flags.beforeContext !== undefined || flags.afterContext !== undefined
  if (
    !wanted ||
    flags.noGroupSeparator ||
    flags.onlyMatching ||
    !grep.printed ||
    (last > 0 && last === next - 1)
  )
    return
  me.out.print(`${painted(grep.colors, flags.groupSeparator ?? '--', grep.colors?.se ?? '')}\n`)
}

/** Where the matches in a line are; what stood before \K does not belong to them. */
function matchesIn(grep: Grep, text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(grep.all)]
    .map(match => [match.indices?.groups?.[KEEP]?.[0] ?? match.index, match.index + match[0].length] as const)
    .filter(([start, end]) => end > start)
}

/** A line with its matches in colour. grep.c:prline(), whose colour of the line does not end where a match begins. */
function highlighted(grep: Grep, text: string, isContext: boolean): string {
  const { colors, flags } = grep
  if (!colors) return text
  const lineColor = isContext !== Boolean(flags.invertMatch && colors.rv) ? colors.cx : colors.sl
  const matchColor = isContext ? colors.mc : colors.ms
  if (isContext !== Boolean(flags.invertMatch) || !matchColor) return painted(colors, text, lineColor)
  let [shown, done] = ['', 0]
  for (const [start, end] of matchesIn(grep, text)) {
    shown += begun(colors, lineColor) + text.slice(done, start)
    shown += painted(colors, text.slice(start, end), matchColor)
    done = end
  }
  return shown + painted(colors, text.slice(done), lineColor)
}

function print(grep: Grep, name: string, row: Row, mark: ':' | '-'): void {
  const { flags, me, colors } = grep
  grep.printed = true
  const separator = painted(colors, mark, colors?.se ?? '')
  const aligned = (number: number): string => String(number).padStart(grep.width)
  const head = (offset: number): string => {
    const text =
      (grep.names ? painted(colors, name, colors?.fn ?? '') + (flags.null ? '\0' : separator) : '') +
      (flags.lineNumber ? painted(colors, aligned(row.number), colors?.ln ?? '') + separator : '') +
      (flags.byteOffset ? painted(colors, aligned(offset), colors?.bn ?? '') + separator : '')
    return text && flags.initialTab ? `${text}\t` : text
  }
  if (!flags.onlyMatching) {
    me.out.print(head(row.offset) + highlighted(grep, row.text, mark === '-') + grep.end)
    return
  }
  if (flags.invertMatch) return
  for (const [start, end] of matchesIn(grep, row.text))
    me.out.print(
      head(row.offset + byteLength(row.text, start, grep)) +
        painted(colors, row.text.slice(start, end), colors?.ms ?? '') +
        grep.end,
    )
}

const byteLength = (text: string, end: number, { flags }: Grep): number =>
  flags.byteOffset ? new TextEncoder().encode(text.slice(0, end)).length : 0
