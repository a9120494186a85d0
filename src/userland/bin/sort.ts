/**
 * sort - sort lines of text files
 * https://www.gnu.org/software/coreutils/manual/html_node/sort-invocation.html
 *
 * Left out: --debug, temporary files (everything is in memory), --compress-program.
 */
import { type Blocking, decode, Errno, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { compareText, compareVersions } from '../lib/collate.ts'
import { command, fatal, Output, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { MONTHS } from '../lib/time.ts'

const SORTS = [
  ['general-numeric', 'g'],
  ['human-numeric', 'h'],
  ['month', 'M'],
  ['numeric', 'n'],
  ['random', 'R'],
  ['version', 'V'],
] as const

/** A -k key: where it starts and ends, and how it compares. Positions count from 0; an absent end is the line's. */
interface Key {
  readonly field: number
  readonly char: number
  readonly endField: number | undefined
  readonly endChar: number
  readonly skipStart: boolean
  readonly skipEnd: boolean
  readonly order: string
}

const ORDERS = 'bdfgiMhnRrV'

export default command({
  name: 'sort',
  summary:
    'Write sorted concatenation of all FILE(s) to standard output.\n\nWith no FILE, or when FILE is -, read standard input.\n\nMandatory arguments to long options are mandatory for short options too.\nOrdering options:',
  usage: ['sort [OPTION]... [FILE]...', 'sort [OPTION]... --files0-from=F'],
  authors: 'Mike Haertel and Paul Eggert',
  failure: 2,
  options: {
    ignoreLeadingBlanks: { short: 'b', help: 'ignore leading blanks' },
    dictionaryOrder: { short: 'd', help: 'consider only blanks and alphanumeric characters' },
    ignoreCase: { short: 'f', help: 'fold lower case to upper case characters' },
    generalNumericSort: { short: 'g', help: 'compare according to general numerical value' },
    ignoreNonprinting: { short: 'i', help: 'consider only printable characters' },
    monthSort: { short: 'M', help: "compare (unknown) < 'JAN' < ... < 'DEC'" },
    humanNumericSort: { short: 'h', help: 'compare human readable numbers (e.g., 2K 1G)' },
    numericSort: { short: 'n', help: 'compare according to string numerical value' },
    randomSort: { short: 'R', help: 'shuffle, but group identical keys.  See shuf(1)' },
    randomSource: { value: '=FILE', help: 'get random bytes from FILE' },
    reverse: { short: 'r', help: 'reverse the result of comparisons' },
    sort: {
      value: '=WORD',
      help: 'sort according to WORD:\ngeneral-numeric -g, human-numeric -h, month -M,\nnumeric -n, random -R, version -V',
    },
    versionSort: { short: 'V', help: 'natural sort of (version) numbers within text' },
    batchSize: { value: '=NMERGE', help: 'merge at most NMERGE inputs at once' },
    check: { short: 'c', long: '', help: 'check for sorted input; do not sort' },
    checkHow: { long: 'check', value: '[=diagnose-first]' },
    checkQuietly: { short: 'C', long: '', help: 'like -c, but do not report first bad line' },
    key: {
      short: 'k',
      value: '=KEYDEF',
      repeat: true,
      help: 'sort via a key; KEYDEF gives location and type',
    },
    merge: { short: 'm', help: 'merge already sorted files; do not sort' },
    output: { short: 'o', value: '=FILE', help: 'write result to FILE instead of standard output' },
    stable: { short: 's', help: 'stabilize sort by disabling last-resort comparison' },
    bufferSize: { short: 'S', value: '=SIZE', help: 'use SIZE for main memory buffer' },
    fieldSeparator: { short: 't', value: '=SEP', help: 'use SEP instead of non-blank to blank transition' },
    temporaryDirectory: { short: 'T', value: '=DIR', repeat: true, help: 'use DIR for temporaries' },
    parallel: { value: '=N', help: 'change the number of sorts run concurrently to N' },
    unique: {
      short: 'u',
      help: 'with -c, check for strict ordering;\nwithout -c, output only the first of an equal run',
    },
    y: { value: 'SIZE' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  *main(sys, flags, args, me) {
    const letters: Record<string, string> = {
      ignoreLeadingBlanks: 'b',
      dictionaryOrder: 'd',
      ignoreCase: 'f',
      generalNumericSort: 'g',
      ignoreNonprinting: 'i',
      monthSort: 'M',
      humanNumericSort: 'h',
      numericSort: 'n',
      randomSort: 'R',
      reverse: 'r',
      versionSort: 'V',
    }
    let global = me.order.map(it => letters[it.key] ?? '').join('')
    if (flags.sort !== undefined) global += oneOf('--sort', flags.sort, SORTS)
    checkCompatible(global)
    const separator = separatorOf(flags.fieldSeparator)
    const keys = (flags.key ?? []).map(text => parseKey(text, global))
    for (const key of keys) checkCompatible(key.order)
    const compare = comparison(sys, keys, global, separator, Boolean(flags.stable || flags.unique))
    const delimiter = flags.zeroTerminated ? '\0' : '\n'
    const checking = flags.check || flags.checkQuietly || flags.checkHow !== undefined
    if (checking) {
      if (args.length > 1) throw usage(`extra operand ${quoteaf(args[1]!)} not allowed with -c`)
      const lines = yield* readLines(sys, args[0] ?? '-', delimiter)
      for (let i = 1; i < lines.length; i++) {
        const order = compare(lines[i - 1]!, lines[i]!)
        if (order < 0 || (order === 0 && !flags.unique)) continue
        const quiet = flags.checkQuietly || flags.checkHow === 'quiet' || flags.checkHow === 'silent'
        if (!quiet) yield* me.warn(`${args[0] ?? '-'}:${i + 1}: disorder: ${lines[i]}`)
        return 1
      }
      return 0
    }
    let lines: string[] = []
    for (const name of args.length ? args : ['-'])
      if (flags.merge) lines = merged(lines, yield* readLines(sys, name, delimiter), compare)
      else for (const line of yield* readLines(sys, name, delimiter)) lines.push(line)
    yield* sys.burn(lines.length * Math.max(1, Math.log2(lines.length + 1)) * 100)
    if (!flags.merge) lines.sort(compare)
    const out = flags.output === undefined ? me.out : new Output(sys, yield* create(sys, flags.output))
    let before: string | undefined
    for (const line of lines) {
      if (flags.unique && before !== undefined && compare(before, line) === 0) continue
      out.print(line + delimiter)
      before = line
      if (out.full) yield* out.flush()
    }
    yield* out.flush()
    return 0
  },
})

/** Two sequences as one, each keeping its own order. */
function merged(
  a: readonly string[],
  b: readonly string[],
  compare: (a: string, b: string) => number,
): string[] {
  const all: string[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) all.push(compare(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!)
  return [...all, ...a.slice(i), ...b.slice(j)]
}

function checkCompatible(order: string): void {
  const kinds = [...new Set(order)].filter(it => 'gMhnRV'.includes(it))
  const mixed = [...new Set(order)].filter(it => 'dfgiMhnRV'.includes(it))
  if (kinds.length > 1) throw fatal(`options '-${mixed.join('')}' are incompatible`)
}

function separatorOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (!text) throw fatal('empty tab')
  if (text === '\\0') return '\0'
  if ([...text].length > 1) throw fatal(`multi-character tab ${quote(text)}`)
  return text
}

function* create(sys: Sys, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
  } catch (e) {
    throw e instanceof Errno ? fatal(`open failed: ${path}`, e) : e
  }
}

function* readLines(sys: Sys, name: string, delimiter: string): Blocking<string[]> {
  let text: string
  try {
    const fd = yield* openInput(sys, name)
    text = decode(yield* readAll(sys, fd))
    closeInput(sys, fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw fatal(e.name === 'EISDIR' ? `read failed: ${name}` : `cannot read: ${name}`, e)
  }
  if (!text) return []
  return (text.endsWith(delimiter) ? text.slice(0, -1) : text).split(delimiter)
}

const wrongKey = (text: string, problem: string): unknown =>
  fatal(`${problem}: invalid field specification ${quote(text)}`)

/** F[.C][OPTS][,F[.C][OPTS]] */
function parseKey(text: string, global: string): Key {
  const match = /^(\d+)(?:\.(\d*))?([A-Za-z]*)(?:,(\d*)(?:\.(\d*))?([A-Za-z]*))?(.*)$/s.exec(text)
  if (!match) throw fatal(`invalid number at field start: invalid count at start of ${quote(text)}`)
  const [, field, char, order1, endField, endChar, order2, rest] = match as unknown as (string | undefined)[]
  if (Number(field) === 0) throw wrongKey(text, 'field number is zero')
  if (char !== undefined && Number(char) === 0) {
    if (char === '')
      throw fatal(`invalid number after '.': invalid count at start of ${quote(`${order1}${rest}`)}`)
    throw wrongKey(text, 'character offset is zero')
  }
  if (endField === '')
    throw fatal(
      `invalid number after ',': invalid count at start of ${quote(text.slice(text.indexOf(',') + 1))}`,
    )
  if (endField !== undefined && Number(endField) === 0) throw wrongKey(text, 'field number is zero')
  const orders = `${order1 ?? ''}${order2 ?? ''}`
  if (rest || [...orders].some(it => !ORDERS.includes(it)))
    throw wrongKey(text, 'stray character in field spec')
  const own = orders !== ''
  const order = own ? orders : global
  return {
    field: Number(field) - 1,
    char: Number(char ?? 1) - 1,
    endField: endField === undefined ? undefined : Number(endField) - 1,
    endChar: Number(endChar || 0),
    skipStart: own ? (order1 ?? '').includes('b') : global.includes('b'),
    skipEnd: own ? (order2 ?? '').includes('b') : global.includes('b'),
    order,
  }
}

const BLANK = /[ \t]/

/** Where the nth field of a line begins and ends; blanks before a field belong to it without a separator. */
function fieldAt(line: string, field: number, separator: string | undefined): [number, number] {
  let at = 0
  if (separator !== undefined) {
    for (let i = 0; i < field; i++) {
      const next = line.indexOf(separator, at)
      if (next < 0) return [line.length, line.length]
      at = next + separator.length
    }
    const end = line.indexOf(separator, at)
    return [at, end < 0 ? line.length : end]
  }
  for (let i = 0; ; i++) {
    const start = at
    while (at < line.length && BLANK.test(line[at]!)) at++
    while (at < line.length && !BLANK.test(line[at]!)) at++
    if (i === field) return [start, at]
    if (at >= line.length) return [line.length, line.length]
  }
}

function keyOf(line: string, key: Key, separator: string | undefined): string {
  const [fieldStart, ownEnd] = fieldAt(line, key.field, separator)
  let start = fieldStart
  if (key.skipStart) while (start < line.length && BLANK.test(line[start]!)) start++
  start = Math.min(start + key.char, line.length)
  if (key.endField === undefined) return line.slice(start)
  let [endStart, end] =
    key.endField === key.field ? [fieldStart, ownEnd] : fieldAt(line, key.endField, separator)
  if (key.endChar) {
    if (key.skipEnd) while (endStart < line.length && BLANK.test(line[endStart]!)) endStart++
    end = Math.min(endStart + key.endChar, line.length)
  }
  return line.slice(start, Math.max(start, end))
}

type Compare = (a: string, b: string) => number

/** The order of lines that the options describe. */
function comparison(
  sys: Sys,
  keys: readonly Key[],
  global: string,
  separator: string | undefined,
  stable: boolean,
): Compare {
  const reverse = global.includes('r') ? -1 : 1
  const salt =
    /R/.test(global) || keys.some(it => it.order.includes('R')) ? sys.getrandom(4) : new Uint8Array(4)
  const seed = salt[0]! | (salt[1]! << 8) | (salt[2]! << 16) | (salt[3]! << 24)
  if (!keys.length) {
    const by = ordering(global, seed)
    const skip = global.includes('b')
    if (by === compareText && !skip) return reverse < 0 ? (a, b) => compareText(b, a) : compareText
    const text = (line: string): string => (skip ? line.replace(/^[ \t]+/, '') : line)
    return (a, b) => reverse * by(text(a), text(b)) || (stable ? 0 : reverse * compareText(a, b))
  }
  const parts = keys.map(key => ({
    key,
    by: ordering(key.order, seed),
    sign: key.order.includes('r') ? -1 : 1,
  }))
  const cache = new Map<string, string[]>()
  const keyTexts = (line: string): string[] => {
    let texts = cache.get(line)
    if (!texts) cache.set(line, (texts = keys.map(key => keyOf(line, key, separator))))
    return texts
  }
  return (a, b) => {
    const x = keyTexts(a)
    const y = keyTexts(b)
    for (let i = 0; i < parts.length; i++) {
      const order = parts[i]!.by(x[i]!, y[i]!)
      if (order) return parts[i]!.sign * order
    }
    return stable ? 0 : reverse * compareText(a, b)
  }
}

function ordering(order: string, seed: number): Compare {
  if (order.includes('n')) return compareNumeric
  if (order.includes('g')) return (a, b) => compareFloats(a, b)
  if (order.includes('h')) return compareHuman
  if (order.includes('M')) return (a, b) => monthOf(a) - monthOf(b)
  if (order.includes('R')) return (a, b) => hash(a, seed) - hash(b, seed) || compareText(a, b)
  const text = translation(order)
  if (order.includes('V')) return text ? (a, b) => compareVersions(text(a), text(b)) : compareVersions
  return text ? (a, b) => compareText(text(a), text(b)) : compareText
}

function translation(order: string): ((text: string) => string) | undefined {
  const [d, f, i] = ['d', 'f', 'i'].map(it => order.includes(it))
  if (!d && !f && !i) return undefined
  return text => {
    let result = text
    if (d) result = result.replace(/[^A-Za-z0-9 \t]/g, '')
    else if (i) result = result.replace(/[^\x20-\x7e]/g, '')
    return f ? result.toUpperCase() : result
  }
}

/** -n: a sign, digits, a decimal point; compared exactly. */
function compareNumeric(a: string, b: string): number {
  const x = /^[ \t]*(-?)0*(\d*)(?:\.(\d*))?/.exec(a)!
  const y = /^[ \t]*(-?)0*(\d*)(?:\.(\d*))?/.exec(b)!
  const [xi, yi] = [x[2]!, y[2]!]
  const [xf, yf] = [(x[3] ?? '').replace(/0+$/, ''), (y[3] ?? '').replace(/0+$/, '')]
  const xSign = !xi && !xf ? 0 : x[1] ? -1 : 1
  const ySign = !yi && !yf ? 0 : y[1] ? -1 : 1
  if (xSign !== ySign) return xSign - ySign
  const order = xi.length - yi.length || compareText(xi, yi) || compareText(xf, yf)
  return xSign < 0 ? -order : order
}

function compareFloats(a: string, b: string): number {
  const value = (text: string): number | undefined => {
    const match = /^\s*([-+]?(?:inf(?:inity)?|nan|0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/i.exec(text)
    if (!match) return undefined
    const word = match[1]!.toLowerCase()
    if (word.includes('inf'))
      return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    return word.includes('nan') ? Number.NaN : Number(word)
  }
  const [x, y] = [value(a), value(b)]
  if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined)
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(!Number.isNaN(x)) - Number(!Number.isNaN(y))
  return x < y ? -1 : x > y ? 1 : 0
}

const HUMAN = 'KMGTPEZYRQ'

function compareHuman(a: string, b: string): number {
  const power = (text: string): number => {
    const match = /^[ \t]*(-?)([\d.]+)([KkMGTPEZYRQ]?)/.exec(text)
    if (!match || /^[0.]*$/.test(match[2]!)) return 0
    const rank = match[3] ? HUMAN.indexOf(match[3].toUpperCase()) + 1 : 0
    return match[1] ? -rank : rank
  }
  return power(a) - power(b) || compareNumeric(a, b)
}

const monthOf = (text: string): number => {
  const name = text.trimStart().slice(0, 3).toLowerCase()
  return MONTHS.findIndex(it => it.slice(0, 3).toLowerCase() === name) + 1
}

function hash(text: string, seed: number): number {
  let h = seed ^ 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h ^= h >>> 15
  return Math.imul(h, 0x2c1b3c6d) >>> 0
}
