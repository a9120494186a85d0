/**
 * diff - compare files line by line
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-diff.html
 *
 * Left out: -e, -n, -D, -I, --speed-large-files, --line-format and their kind.
 */
import {
  type Blocking,
  decode,
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isReg,
  isSock,
  type Stat,
} from '../../abi/index.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { compareText } from '../lib/collate.ts'
import { command, fatal, readAll, readDir } from '../lib/command.ts'
import { diffSequences, type Hunk } from '../lib/diff.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { basename, joinPath } from '../lib/path.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'
import { textWidth } from '../lib/wcwidth.ts'

interface File {
  readonly name: string
  readonly stat: Stat | undefined
  readonly text: string
  readonly lines: readonly string[]
  /** Whether the last line ends with a newline. */
  readonly newline: boolean
}

const USAGE = (text: string): unknown => fatal(`${text}\ndiff: Try 'diff --help' for more information.`)

export default command({
  name: 'diff',
  summary: 'Compare FILES line by line.',
  usage: 'diff [OPTION]... FILES',
  suite: 'diffutils',
  failure: 2,
  wrongUsage: "diff: Try 'diff --help' for more information.\n",
  options: {
    normal: { help: 'output a normal diff (the default)' },
    brief: { short: 'q', help: 'report only when files differ' },
    reportIdenticalFiles: { short: 's', help: 'report when two files are the same' },
    context: { short: 'c', long: '' },
    contextLines: {
      short: 'C',
      long: 'context',
      value: '[=NUM]',
      help: 'output NUM (default 3) lines of copied context',
    },
    unified: { short: 'u', long: '' },
    unifiedLines: {
      short: 'U',
      long: 'unified',
      value: '[=NUM]',
      help: 'output NUM (default 3) lines of unified context',
    },
    sideBySide: { short: 'y', help: 'output in two columns' },
    width: { short: 'W', value: '=NUM', help: 'output at most NUM (default 130) print columns' },
    leftColumn: { help: 'output only the left column of common lines' },
    suppressCommonLines: { help: 'do not output common lines' },
    label: { value: ' LABEL', repeat: true, help: 'use LABEL instead of file name and timestamp' },
    expandTabs: { short: 't', help: 'expand tabs to spaces in output' },
    initialTab: { short: 'T', help: 'make tabs line up by prepending a tab' },
    recursive: { short: 'r', help: 'recursively compare any subdirectories found' },
    noDereference: { help: "don't follow symbolic links" },
    newFile: { short: 'N', help: 'treat absent files as empty' },
    unidirectionalNewFile: { help: 'treat absent first files as empty' },
    exclude: { short: 'x', value: '=PAT', repeat: true, help: 'exclude files that match PAT' },
    ignoreCase: { short: 'i', help: 'ignore case differences in file contents' },
    ignoreTabExpansion: { short: 'E', help: 'ignore changes due to tab expansion' },
    ignoreTrailingSpace: { short: 'Z', help: 'ignore white space at line end' },
    ignoreSpaceChange: { short: 'b', help: 'ignore changes in the amount of white space' },
    ignoreAllSpace: { short: 'w', help: 'ignore all white space' },
    ignoreBlankLines: { short: 'B', help: 'ignore changes where lines are all blank' },
    text: { short: 'a', help: 'treat all files as text' },
    stripTrailingCr: { help: 'strip trailing carriage return on input' },
    minimal: { short: 'd', help: 'try hard to find a smaller set of changes' },
    color: {
      value: '[=WHEN]',
      help: "color output; WHEN is 'never', 'always', or 'auto';\nplain --color means --color='auto'",
    },
  },

  *main(sys, flags, args, me) {
    if (args.length < 2) throw USAGE(`missing operand after '${args.at(-1) ?? 'diff'}'`)
    if (args.length > 2) throw USAGE(`extra operand '${args[2]}'`)
    const zone = zoneOf(me.env.get('TZ'))
    const number = (text: string): number => {
      if (text === '') return 3
      if (!/^\d+$/.test(text)) throw USAGE(`invalid context length '${text}'`)
      return Number(text)
    }
    const style = me.order.findLast(it =>
      ['normal', 'context', 'contextLines', 'unified', 'unifiedLines', 'sideBySide'].includes(it.key),
    )?.key
    const kind =
      style === 'context' || style === 'contextLines'
        ? 'context'
        : style === 'unified' || style === 'unifiedLines'
          ? 'unified'
          : style === 'sideBySide'
            ? 'side'
            : 'normal'
    const around = number((kind === 'context' ? flags.contextLines : flags.unifiedLines) ?? '')
    const switches = optionText(me.argv)
    const color = flags.color === undefined ? 'never' : flags.color || 'auto'
    const coloured = color === 'always' || (color === 'auto' && me.out.isTty)
    const paint = (code: string, text: string): string => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text)
    let [one, two] = args as [string, string]
    const dirs = [isDirectory(one), isDirectory(two)]
    if (dirs[0] && dirs[1]) return yield* directories(one, two)
    if (dirs[0] && two !== '-') one = joinPath(one, basename(two))
    else if (dirs[1] && one !== '-') two = joinPath(two, basename(one))
    return yield* files(one, two, undefined)

    function isDirectory(path: string): boolean {
      try {
        return path !== '-' && isDir(sys.stat(path))
      } catch (e) {
        if (e instanceof Errno) return false
        throw e
      }
    }

    function* load(name: string, absent: boolean): Blocking<File | undefined> {
      const empty: File = { name, stat: undefined, text: '', lines: [], newline: true }
      try {
        const fd = yield* openInput(sys, name)
        const stat = sys.fstat(fd)
        const text = decode(yield* readAll(sys, fd))
        closeInput(sys, fd)
        const newline = text.endsWith('\n') || !text
        const lines = text ? (newline ? text.slice(0, -1) : text).split('\n') : []
        return {
          name,
          stat,
          text,
          lines: flags.stripTrailingCr ? lines.map(it => it.replace(/\r$/, '')) : lines,
          newline,
        }
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (absent && e.name === 'ENOENT') return empty
        yield* me.warn(name, e)
        return undefined
      }
    }

    function* files(a: string, b: string, heading: string | undefined): Blocking<number> {
      if (a === '-' && b === '-') return 0
      const first = yield* load(a, Boolean(flags.newFile || flags.unidirectionalNewFile))
      const second = yield* load(b, Boolean(flags.newFile))
      if (!first || !second) return 2
      yield* sys.burn((first.text.length + second.text.length) * 5)
      const same = (): number => {
        if (flags.reportIdenticalFiles) me.out.line(`Files ${a} and ${b} are identical`)
        return 0
      }
      if (first.text === second.text) return same()
      const binary = !flags.text && (first.text.includes('\0') || second.text.includes('\0'))
      if (binary) {
        me.out.line(`${flags.brief ? 'Files' : 'Binary files'} ${a} and ${b} differ`)
        return flags.brief ? 1 : 2
      }
      const hunks = significant(diffSequences(keys(first), keys(second)), first, second)
      if (!hunks.length && kind !== 'side') return same()
      if (flags.brief) {
        me.out.line(`Files ${a} and ${b} differ`)
        return 1
      }
      if (heading !== undefined) me.out.line(paint('1', heading))
      if (kind === 'normal') normal(first, second, hunks)
      else if (kind === 'side') sideBySide(first, second, hunks)
      else {
        headers(first, second)
        for (const group of grouped(hunks, around))
          kind === 'unified' ? unified(first, second, group) : context(first, second, group)
      }
      yield* me.out.drain()
      return hunks.length ? 1 : 0
    }

    /** Lines as they are compared: without what the options ignore; a missing last newline makes a difference. */
    function keys({ lines, newline }: File): string[] {
      return lines.map((line, i) => {
        let key = line
        if (flags.ignoreAllSpace) key = key.replace(/\s+/g, '')
        else if (flags.ignoreSpaceChange) key = key.replace(/\s+$/, '').replace(/\s+/g, ' ')
        else if (flags.ignoreTrailingSpace) key = key.replace(/\s+$/, '')
        if (flags.ignoreCase) key = key.toLowerCase()
        const white = flags.ignoreAllSpace || flags.ignoreSpaceChange || flags.ignoreTrailingSpace
        return !newline && i === lines.length - 1 && !white ? `${key}\0` : key
      })
    }

    function significant(hunks: readonly Hunk[], a: File, b: File): Hunk[] {
      if (!flags.ignoreBlankLines) return [...hunks]
      const blank = (lines: readonly string[]): boolean => lines.every(it => /^\s*$/.test(it))
      return hunks.filter(
        it => !blank(a.lines.slice(it.aFrom, it.aTo)) || !blank(b.lines.slice(it.bFrom, it.bTo)),
      )
    }

    function line(mark: string, file: File, index: number, code = ''): void {
      const text = `${mark}${flags.initialTab ? '\t' : ''}${file.lines[index]}`
      me.out.line(code ? paint(code, text) : text)
      if (!file.newline && index === file.lines.length - 1) me.out.line('\\ No newline at end of file')
    }

    function normal(a: File, b: File, hunks: readonly Hunk[]): void {
      const range = (from: number, to: number): string =>
        to - from > 1 ? `${from + 1},${to}` : String(to > from ? from + 1 : from)
      for (const it of hunks) {
        const letter = it.aFrom === it.aTo ? 'a' : it.bFrom === it.bTo ? 'd' : 'c'
        me.out.line(paint('36', range(it.aFrom, it.aTo) + letter + range(it.bFrom, it.bTo)))
        for (let i = it.aFrom; i < it.aTo; i++) line('< ', a, i, '31')
        if (letter === 'c') me.out.line('---')
        for (let i = it.bFrom; i < it.bTo; i++) line('> ', b, i, '32')
      }
    }

    function headers(a: File, b: File): void {
      const stamp = (it: File): string => {
        const time = localtime(it.stat?.mtime ?? { sec: 0, nsec: 0 }, zone)
        return strftime('%Y-%m-%d %H:%M:%S.%N %z', time)
      }
      const [first, second] = flags.label ?? []
      const marks = kind === 'unified' ? ['---', '+++'] : ['***', '---']
      me.out.line(paint('1', `${marks[0]} ${first ?? `${a.name}\t${stamp(a)}`}`))
      me.out.line(paint('1', `${marks[1]} ${second ?? `${b.name}\t${stamp(b)}`}`))
    }

    function unified(a: File, b: File, group: readonly Hunk[]): void {
      const [aFrom, aTo, bFrom, bTo] = bounds(group, a, b, around)
      const range = (from: number, to: number): string =>
        to - from === 1 ? String(to) : `${to > from ? from + 1 : from},${to - from}`
      me.out.line(paint('36', `@@ -${range(aFrom, aTo)} +${range(bFrom, bTo)} @@`))
      let at = aFrom
      for (const it of group) {
        for (; at < it.aFrom; at++) line(' ', a, at)
        for (; at < it.aTo; at++) line('-', a, at, '31')
        for (let i = it.bFrom; i < it.bTo; i++) line('+', b, i, '32')
      }
      for (; at < aTo; at++) line(' ', a, at)
    }

    function context(a: File, b: File, group: readonly Hunk[]): void {
      const [aFrom, aTo, bFrom, bTo] = bounds(group, a, b, around)
      const range = (from: number, to: number): string => (to - from > 1 ? `${from + 1},${to}` : String(to))
      me.out.line('***************')
      me.out.line(paint('36', `*** ${range(aFrom, aTo)} ****`))
      if (group.some(it => it.aTo > it.aFrom)) {
        let at = aFrom
        for (const it of group) {
          for (; at < it.aFrom; at++) line('  ', a, at)
          for (; at < it.aTo; at++) line(it.bTo > it.bFrom ? '! ' : '- ', a, at, '31')
        }
        for (; at < aTo; at++) line('  ', a, at)
      }
      me.out.line(paint('36', `--- ${range(bFrom, bTo)} ----`))
      if (group.some(it => it.bTo > it.bFrom)) {
        let at = bFrom
        for (const it of group) {
          for (; at < it.bFrom; at++) line('  ', b, at)
          for (; at < it.bTo; at++) line(it.aTo > it.aFrom ? '! ' : '+ ', b, at, '32')
        }
        for (; at < bTo; at++) line('  ', b, at)
      }
    }

    function sideBySide(a: File, b: File, hunks: readonly Hunk[]): void {
      const width = flags.width === undefined ? 130 : Number(flags.width)
      // As sdiff: two columns of equal width, the gutter in tab stops between them.
      const offset = Math.floor((width + 8 + 3) / 2 / 8) * 8
      const half = Math.max(0, Math.min(offset - 3, width - offset))
      const second = half ? offset : width
      const row = (left: string | undefined, mark: string, right: string | undefined): void => {
        const cut = cutWidth(expandTabs(left ?? ''), half)
        let text = cut
        let at = textWidth(cut)
        if (mark === ' ' && flags.leftColumn) mark = '('
        if (mark !== ' ') {
          const column = half + 1
          text += tabs(at, column) + mark
          at = column + 1
        }
        if (right !== undefined && !(flags.leftColumn && mark === '(')) {
          const shown = cutWidth(expandTabs(right), half)
          if (shown) text += tabs(at, second) + shown
        }
        me.out.line(text)
      }
      let [i, j] = [0, 0]
      for (const it of [
        ...hunks,
        { aFrom: a.lines.length, aTo: a.lines.length, bFrom: b.lines.length, bTo: b.lines.length },
      ]) {
        for (; i < it.aFrom; i++, j++) if (!flags.suppressCommonLines) row(a.lines[i], ' ', b.lines[j])
        while (i < it.aTo || j < it.bTo) {
          const left = i < it.aTo ? a.lines[i++] : undefined
          const right = j < it.bTo ? b.lines[j++] : undefined
          row(left, left === undefined ? '>' : right === undefined ? '<' : '|', right)
        }
      }
    }

    function* directories(a: string, b: string): Blocking<number> {
      const names = new Map<string, number>()
      for (const [bit, dir] of [
        [1, a],
        [2, b],
      ] as const)
        for (const { name } of yield* readDir(sys, dir))
          if (!flags.exclude?.some(pattern => fnmatch(pattern, name)))
            names.set(name, (names.get(name) ?? 0) | bit)
      let status = 0
      for (const [name, where] of [...names].sort((x, y) => compareText(x[0], y[0]))) {
        const [one, two] = [joinPath(a, name), joinPath(b, name)]
        // busybox passes over what would block; GNU's says what it is if both are there.
        const odd = [where & 1 ? one : '', where & 2 ? two : ''].find(path => path && isSpecial(path))
        if (odd && isApplet(sys) && !(where === 3 && (isDirectory(one) || isDirectory(two)))) {
          me.out.line(`File ${odd} is not a regular file or directory and was skipped`)
          continue
        }
        if (odd && where !== 3) {
          me.out.line(`Only in ${where === 1 ? a : b}: ${name}`)
          status = Math.max(status, 1)
          continue
        }
        if (where !== 3 && !(flags.newFile || (flags.unidirectionalNewFile && where === 2))) {
          me.out.line(`Only in ${where === 1 ? a : b}: ${name}`)
          status = Math.max(status, 1)
          continue
        }
        const [isA, isB] = [isDirectory(one), isDirectory(two)]
        if (isA && isB) {
          if (flags.recursive) status = Math.max(status, yield* directories(one, two))
          else me.out.line(`Common subdirectories: ${one} and ${two}`)
        } else if (where === 3 && (isA !== isB || isSpecial(one) || isSpecial(two))) {
          me.out.line(
            `File ${one} is a ${isA ? 'directory' : kindOf(one)} while file ${two} is a ${isB ? 'directory' : kindOf(two)}`,
          )
          status = Math.max(status, 1)
        } else {
          const heading = kind === 'side' || isApplet(sys) ? undefined : `diff ${switches}${one} ${two}`
          status = Math.max(status, yield* files(one, two, heading))
        }
      }
      return status
    }

    /** What would not end, or block, if it were read. */
    function isSpecial(path: string): boolean {
      const stat = sys.stat(path)
      return !isReg(stat) && !isDir(stat)
    }

    function kindOf(path: string): string {
      const stat = sys.stat(path)
      if (isReg(stat)) return stat.size ? 'regular file' : 'regular empty file'
      if (isFifo(stat)) return 'fifo'
      if (isSock(stat)) return 'socket'
      return isBlk(stat) ? 'block special file' : isChr(stat) ? 'character special file' : 'weird file'
    }
  },
})

/** The options as they were typed, for the headings of a recursive comparison. */
const optionText = (argv: readonly string[]): string =>
  argv
    .slice(1)
    .filter(it => it.startsWith('-') && it !== '-')
    .map(it => `${it} `)
    .join('')

/** Hunks so near each other that their context touches. */
function grouped(hunks: readonly Hunk[], around: number): Hunk[][] {
  const groups: Hunk[][] = []
  for (const it of hunks) {
    const last = groups.at(-1)?.at(-1)
    if (last && it.aFrom - last.aTo <= 2 * around) groups.at(-1)!.push(it)
    else groups.push([it])
  }
  return groups
}

function bounds(group: readonly Hunk[], a: File, b: File, around: number): [number, number, number, number] {
  const first = group[0]!
  const last = group.at(-1)!
  return [
    Math.max(0, first.aFrom - around),
    Math.min(a.lines.length, last.aTo + around),
    Math.max(0, first.bFrom - around),
    Math.min(b.lines.length, last.bTo + around),
  ]
}

/** Tabs and blanks from one column to another. */
function tabs(from: number, to: number): string {
  let text = ''
  while (from < to) {
    const next = from - (from % 8) + 8
    text += next <= to ? '\t' : ' '
    from = next <= to ? next : from + 1
  }
  return text
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  let result = ''
  for (const char of text) result += char === '\t' ? ' '.repeat(8 - (textWidth(result) % 8)) : char
  return result
}

function cutWidth(text: string, width: number): string {
  let result = ''
  let used = 0
  for (const char of text) {
    used += textWidth(char)
    if (used > width) break
    result += char
  }
  return result
}
