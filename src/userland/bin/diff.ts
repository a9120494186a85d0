/**
 * diff - compare files line by line
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-diff.html
 *
 * Left out: -l (the pages of pr).
 */
import { type Blocking, decode, Errno, isDir, type Stat } from '../../abi/index.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { command, fatal, readAll, readFile } from '../lib/command.ts'
import { type Around, context, unified } from '../lib/diff/context.ts'
import { directories, type Walk } from '../lib/diff/directories.ts'
import { compareFiles, type File, fileOf, type Ignoring } from '../lib/diff/file.ts'
import { type Formats, formatted, ifdefs } from '../lib/diff/formats.ts'
import { OPTIONS } from '../lib/diff/options.ts'
import { ed, forwardEd, normal, rcs } from '../lib/diff/plain.ts'
import { painter, type Report } from '../lib/diff/report.ts'
import { sideBySide } from '../lib/diff/side.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { basename, joinPath } from '../lib/path.ts'
import { quoteShell } from '../lib/quote.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'

const USAGE = (text: string): unknown => fatal(`${text}\ndiff: Try 'diff --help' for more information.`)

/** Which options ask for which style of output. */
const STYLES: Readonly<Record<string, string>> = {
  normal: 'normal',
  context: 'context',
  contextLines: 'context',
  contextLong: 'context',
  unified: 'unified',
  unifiedLines: 'unified',
  unifiedLong: 'unified',
  ed: 'ed',
  forwardEd: 'forward',
  rcs: 'rcs',
  sideBySide: 'side',
  ifdef: 'formats',
}
const FORMATS = /Format$/

export default command({
  name: 'diff',
  summary: 'Compare FILES line by line.',
  usage: 'diff [OPTION]... FILES',
  suite: 'diffutils',
  failure: 2,
  wrongUsage: "diff: Try 'diff --help' for more information.\n",
  options: OPTIONS,
  obsolete: given => given.map(it => (it === '-v' ? '--version' : it)),

  *main(sys, flags, args, me) {
    const styles = new Set(
      me.order.map(({ key }) => STYLES[key] ?? (FORMATS.test(key) ? 'formats' : '')).filter(Boolean),
    )
    const lines = contextLines()
    const width = number(flags.width ?? '130', 'width')
    const tabSize = number(flags.tabsize ?? '8', 'tabsize')
    if (flags.color !== undefined && !['', 'never', 'always', 'auto'].includes(flags.color))
      throw USAGE(`invalid color '${flags.color}'`)
    if (styles.size > 1) throw USAGE('conflicting output style options')
    const style = [...styles][0] ?? 'normal'
    const ignoring: Ignoring = {
      case: Boolean(flags.ignoreCase),
      tabs: Boolean(flags.ignoreTabExpansion),
      trailing: Boolean(flags.ignoreTrailingSpace),
      spaces: Boolean(flags.ignoreSpaceChange),
      white: Boolean(flags.ignoreAllSpace),
      blankLines: Boolean(flags.ignoreBlankLines),
      matching: (flags.ignoreMatchingLines ?? []).map(regex),
      tabSize,
      newline: style !== 'ed' && style !== 'forward',
    }
    const zone = zoneOf(me.env.get('TZ'))
    const function_ = flags.showFunctionLine ?? (flags.showCFunction ? '^[[:alpha:]$_]' : undefined)
    const around: Around = {
      lines,
      heading: function_ === undefined ? undefined : regex(function_),
      labels: flags.label ?? [],
      stamp: it =>
        strftime('%Y-%m-%d %H:%M:%S.%N %z', localtime(it.stat?.mtime ?? { sec: 0, nsec: 0 }, zone)),
    }
    const color = flags.color === '' ? 'auto' : (flags.color ?? 'never')
    const paint = painter(color === 'always' || (color === 'auto' && me.out.isTty), flags.palette ?? '')
    const formats = formatsOf()
    const exclude = [...(flags.exclude ?? [])]
    for (const name of flags.excludeFrom ?? []) {
      try {
        exclude.push(...(yield* readFile(sys, name)).split('\n').filter(Boolean))
      } catch (e) {
        if (e instanceof Errno) throw fatal(name, e)
        throw e
      }
    }
    const walk: Walk = {
      sys,
      me,
      recursive: Boolean(flags.recursive),
      follow: !flags.noDereference,
      newFile: Boolean(flags.newFile),
      newFirst: Boolean(flags.unidirectionalNewFile),
      sameCase: Boolean(flags.ignoreFileNameCase),
      exclude,
      files: (a, b) => files(a, b, isApplet(sys) ? undefined : heading(a, b)),
    }

    let status = 0
    for (const [a, b] of pairs()) status = Math.max(status, yield* compare(a, b))
    return status

    function number(text: string, what: string): number {
      if (!/^\d+$/.test(text)) throw USAGE(`invalid ${what} '${text}'`)
      return Number(text)
    }

    function contextLines(): number {
      const digits = me.order.filter(({ key }) => /^\d$/.test(key))
      const given = [flags.contextLines, flags.contextLong, flags.unifiedLines, flags.unifiedLong]
        .filter(it => it !== undefined && it !== '')
        .map(it => number(it!, 'context length'))
      if (given.length) return Math.max(...given)
      return digits.length ? Number(digits.map(it => it.key).join('')) : 3
    }

    function regex(pattern: string): RegExp {
      try {
        return compileRegex(pattern)
      } catch (e) {
        if (!(e instanceof RegexError)) throw e
        const message = e.message.startsWith('Unmatched [') ? 'Invalid regular expression' : e.message
        throw fatal(`${pattern}: ${message}`)
      }
    }

    function formatsOf(): Formats {
      const line = flags.lineFormat ?? '%l\n'
      const old = flags.oldLineFormat ?? line
      const fresh = flags.newLineFormat ?? line
      const base = flags.ifdef === undefined ? undefined : ifdefs(flags.ifdef)
      const oldGroup = flags.oldGroupFormat ?? base?.old ?? flags.changedGroupFormat ?? '%<'
      const newGroup = flags.newGroupFormat ?? base?.new ?? flags.changedGroupFormat ?? '%>'
      return {
        line: { old, new: fresh, unchanged: flags.unchangedLineFormat ?? line },
        group: {
          old: oldGroup,
          new: newGroup,
          unchanged: flags.unchangedGroupFormat ?? base?.unchanged ?? '%=',
          changed: flags.changedGroupFormat ?? base?.changed ?? oldGroup + newGroup,
        },
      }
    }

    /** Which files are compared with which. */
    function pairs(): [string, string][] {
      const { fromFile, toFile } = flags
      if (fromFile !== undefined && toFile !== undefined)
        throw fatal('--from-file and --to-file both specified')
      if (fromFile !== undefined) return args.map(it => [fromFile, it])
      if (toFile !== undefined) return args.map(it => [it, toFile])
      if (args.length < 2) throw USAGE(`missing operand after '${args.at(-1) ?? 'diff'}'`)
      if (args.length > 2) throw USAGE(`extra operand '${args[2]}'`)
      return [[args[0]!, args[1]!]]
    }

    /** What stands above the differences of files in directories: the options as they were typed. */
    function heading(a: string, b: string): string {
      const operands = [...args]
      const options: string[] = []
      for (const arg of me.argv.slice(1).reverse()) {
        if (operands.length && operands.at(-1) === arg) operands.pop()
        else options.unshift(quoteShell(arg))
      }
      return ['diff', ...options, quoteShell(a), quoteShell(b)].join(' ')
    }

    /** Two operands: a file and a directory stand for the file of that name in it. */
    function* compare(first: string, second: string): Blocking<number> {
      let [a, b] = [first, second]
      const missing = [
        yield* statOf(a, Boolean(flags.newFile || walk.newFirst)),
        yield* statOf(b, walk.newFile),
      ]
      if (missing.includes(null)) return 2
      const [x, y] = missing
      if (x && y && isDir(x) && isDir(y)) {
        if (x.ino === y.ino && x.dev === y.dev) return 0
        return yield* directories(walk, a, b, flags.startingFile)
      }
      if (x && isDir(x) && b !== '-') a = joinPath(a, basename(b))
      else if (y && isDir(y) && a !== '-') b = joinPath(b, basename(a))
      return yield* files(a, b, undefined)
    }

    /** undefined for what counts as empty, null after a message. */
    function* statOf(name: string, absent: boolean): Blocking<Stat | undefined | null> {
      try {
        return name === '-' ? sys.fstat(0) : sys.stat(name)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (absent && e.name === 'ENOENT') return undefined
        yield* me.warn(name, e)
        return null
      }
    }

    function* load(name: string, absent: boolean): Blocking<File | undefined> {
      try {
        const fd = yield* openInput(sys, name)
        const stat = sys.fstat(fd)
        const text = decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
        return fileOf(name, stat, text, Boolean(flags.stripTrailingCr))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (absent && e.name === 'ENOENT') return fileOf(name, undefined, '', false)
        yield* me.warn(name, e)
        return undefined
      }
    }

    function* files(a: string, b: string, title: string | undefined): Blocking<number> {
      if (a === '-' && b === '-') return 0
      const first = yield* load(a, walk.newFile || walk.newFirst)
      const second = yield* load(b, walk.newFile)
      if (!first || !second) return 2
      yield* sys.burn((first.text.length + second.text.length) * 5)
      const same = first.text === second.text
      const binary = !flags.text && (first.text.includes('\0') || second.text.includes('\0'))
      if (!same && binary) {
        me.out.line(`${flags.brief ? 'Files' : 'Binary files'} ${a} and ${b} differ`)
        return 1
      }
      const { hunks, counts } = compareFiles(first, second, ignoring)
      const differs = hunks.some(counts)
      if (flags.brief && differs) me.out.line(`Files ${a} and ${b} differ`)
      else if (!flags.brief && (differs || !['normal', 'unified', 'context', 'rcs'].includes(style))) {
        if (title !== undefined && differs) me.out.line(paint('hd', title))
        const report: Report = {
          a: first,
          b: second,
          hunks,
          counts,
          out: me.out,
          expandTabs: Boolean(flags.expandTabs),
          tabSize,
          initialTab: Boolean(flags.initialTab),
          suppressBlankEmpty: Boolean(flags.suppressBlankEmpty),
          paint,
          complaints: [],
        }
        write(report)
        for (const text of report.complaints) yield* sys.write(2, text)
        yield* me.out.drain()
        if (report.complaints.length) return 2
      }
      if (!differs && flags.reportIdenticalFiles) me.out.line(`Files ${a} and ${b} are identical`)
      return differs ? 1 : 0
    }

    function write(report: Report): void {
      if (style === 'unified') unified(report, around)
      else if (style === 'context') context(report, around)
      else if (style === 'formats') formatted(report, formats)
      else if (style === 'side')
        sideBySide(report, {
          width,
          leftOnly: Boolean(flags.leftColumn),
          suppressCommon: Boolean(flags.suppressCommonLines),
        })
      else if (style === 'ed') ed(report)
      else if (style === 'forward') forwardEd(report)
      else if (style === 'rcs') rcs(report)
      else normal(report)
    }
  },
})
