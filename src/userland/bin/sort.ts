/**
 * sort - sort lines of text files
 * https://www.gnu.org/software/coreutils/manual/html_node/sort-invocation.html
 * Everything is in memory; there are no temporary files.
 *
 * Left out: temporary files: --batch-size, --compress-program and -T change nothing.
 */
import { type Blocking, decode, Errno, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { byLine, command, fatal, Output, type Process, readAll, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'
import { randomBytes } from '../lib/random.ts'
import { underlined, warnings } from '../lib/sort/debug.ts'
import { type CompareLines, checkCompatible, comparison, type Ordering, parseKey } from '../lib/sort/keys.ts'

/** Which call of sort's fails, where it is not the opening. */
const REFUSALS: Readonly<Record<string, string>> = { EISDIR: 'read failed', EBADF: 'stat failed' }

const SORTS = [
  ['general-numeric', 'g'],
  ['human-numeric', 'h'],
  ['month', 'M'],
  ['numeric', 'n'],
  ['random', 'R'],
  ['version', 'V'],
] as const

const CHECKS = [
  ['quiet', 'quiet'],
  ['silent', 'quiet'],
  ['diagnose-first', 'diagnose-first'],
] as const

/** The letters of options that order, in keys too. */
const LETTERS: Readonly<Record<string, string>> = {
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

export default command({
  name: 'sort',
  writeFailure: (name, errno) =>
    `${name}: fflush failed: 'standard output': ${errno.message}\n${byLine(name, errno)}`,
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
    debug: {
      help: 'annotate the part of the line used to sort,\nand warn about questionable usage to stderr',
    },
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
    y: { value: '<n>' },
    files0From: {
      long: 'files0-from',
      value: '=F',
      help: 'read input from the files specified by\nNUL-terminated names in file F;\nIf F is - then read names from standard input',
    },
    compressProgram: {
      value: '=PROG',
      help: 'compress temporaries with PROG;\ndecompress them with PROG -d',
    },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },

  // `+1 -2` is `-k2,2`.
  obsolete(args) {
    const end = args.indexOf('--')
    const all: string[] = []
    for (let i = 0; i < args.length; i++) {
      // -y takes a number, but another word after it is a file.
      if (args[i] === '-y' && args[i + 1] !== undefined && !/^\d+$/.test(args[i + 1]!)) continue
      const start = end >= 0 && i >= end ? null : /^\+(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)$/.exec(args[i]!)
      if (!start) {
        all.push(args[i]!)
        continue
      }
      const stop = /^-(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)$/.exec(args[i + 1] ?? '')
      const from = `${Number(start[1]) + 1}.${Number(start[2] ?? 0) + 1}${start[3]}`
      all.push('-k', stop ? `${from},${stopAt(stop)}` : from)
      if (stop) i++
    }
    return all
  },

  *main(sys, flags, args, me) {
    let global = me.order.map(it => LETTERS[it.key] ?? '').join('')
    if (flags.sort !== undefined) global += oneOf('--sort', flags.sort, SORTS)
    checkSizes(flags)
    if (flags.batchSize !== undefined) yield* checkBatch(flags.batchSize, me)
    const how =
      flags.checkHow === undefined ? undefined : oneOf('--check', flags.checkHow || 'diagnose-first', CHECKS)
    const separator = separatorOf(flags.fieldSeparator)
    const keys = (flags.key ?? []).map(text => parseKey(text, global))
    const names = yield* inputNames(sys, me, flags.files0From, args)
    const orders = keys.map(it => it.order)
    for (const order of keys.length ? orders : [global]) checkCompatible(order)
    const quiet = flags.checkQuietly || how === 'quiet'
    const checks = flags.check || how === 'diagnose-first'
    if (quiet && checks) throw fatal("options '-cC' are incompatible")
    if ((quiet || checks) && flags.output !== undefined)
      throw fatal(`options '-${quiet ? 'C' : 'c'}o' are incompatible`)
    if (flags.debug && (quiet || checks || flags.output !== undefined))
      throw fatal(`options '-${quiet ? 'C' : checks ? 'c' : 'o'} --debug' are incompatible`)
    const outputs = me.order.filter(it => it.key === 'output')
    if (outputs.some(it => it.value !== outputs[0]!.value)) throw fatal('multiple output files specified')
    const stable = Boolean(flags.stable || flags.unique)
    const salt = yield* saltOf(sys, flags.randomSource, /R/.test(global + orders.join('')))
    const ordering: Ordering = { keys, global, separator, stable, salt }
    if (flags.debug) yield* warnOf(me, ordering, flags)
    const delimiter = flags.zeroTerminated ? '\0' : '\n'
    if (quiet || checks) {
      if (names.length > 1)
        throw fatal(`extra operand ${quoteaf(names[1]!)} not allowed with -${quiet ? 'C' : 'c'}`)
      const lines = yield* readLines(sys, names[0] ?? '-', delimiter)
      const wrong = firstDisorder(lines, comparison(lines, ordering), Boolean(flags.unique))
      if (wrong && !quiet) yield* me.warn(`${names[0] ?? '-'}:${wrong + 1}: disorder: ${lines[wrong]}`)
      return wrong ? 1 : 0
    }
    const lines: string[] = []
    const files: number[] = []
    for (const name of names.length ? names : ['-']) {
      const some = yield* readLines(sys, name, delimiter)
      files.push(lines.length)
      for (let i = 0; i < some.length; i++) lines.push(some[i]!)
    }
    yield* sys.burn(lines.length * Math.max(1, Math.log2(lines.length + 1)) * 100)
    const compare = comparison(lines, ordering)
    const sorted = flags.merge ? merged(lines.length, files, compare) : inOrder(lines.length, compare)
    const out = flags.output === undefined ? me.out : new Output(sys, yield* create(sys, flags.output))
    const kept = flags.unique ? firstOfEach(sorted, compare) : sorted
    if (flags.debug) for (const i of kept) out.print(underlined(lines[i]!, ordering, Boolean(flags.unique)))
    else yield* print(out, lines, kept, delimiter)
    yield* out.flush()
    return 0
  },
})

const stopAt = ([, field, char, order]: RegExpExecArray): string =>
  char && Number(char) ? `${Number(field) + 1}.${char}${order}` : `${field}${order}`

/** The lines, by number, in their order. */
function inOrder(count: number, compare: CompareLines): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i)
  return numbers.sort(compare)
}

/** Sequences that begin at the given numbers as one, each keeping its own order. */
function merged(count: number, starts: readonly number[], compare: CompareLines): number[] {
  let all: number[] = []
  for (const [i, start] of starts.entries()) {
    const stop = starts[i + 1] ?? count
    const next: number[] = []
    let at = 0
    let line = start
    while (at < all.length && line < stop) next.push(compare(all[at]!, line) <= 0 ? all[at++]! : line++)
    while (at < all.length) next.push(all[at++]!)
    while (line < stop) next.push(line++)
    all = next
  }
  return all
}

const firstOfEach = (sorted: readonly number[], compare: CompareLines): number[] => {
  let kept = -1
  return sorted.filter(line => {
    const isNew = kept < 0 || compare(kept, line) !== 0
    if (isNew) kept = line
    return isNew
  })
}

function firstDisorder(lines: readonly string[], compare: CompareLines, unique: boolean): number {
  for (let i = 1; i < lines.length; i++) {
    const order = compare(i - 1, i)
    if (order > 0 || (order === 0 && unique)) return i
  }
  return 0
}

/** How many lines are printed at once. */
const BATCH = 512

function* print(
  out: Output,
  lines: readonly string[],
  order: readonly number[],
  delimiter: string,
): Blocking<void> {
  for (let at = 0; at < order.length; at += BATCH) {
    let text = ''
    for (let i = at; i < Math.min(at + BATCH, order.length); i++) text += lines[order[i]!]! + delimiter
    out.print(text)
    if (out.full) yield* out.flush()
  }
  yield* out.flush()
}

/** Sizes that have no effect here but must be sizes. */
function checkSizes(flags: { bufferSize?: string | undefined; parallel?: string | undefined }): void {
  const { bufferSize, parallel } = flags
  if (bufferSize !== undefined && !/^\d+([%bBKkMGTPEZY]|[KkMGTPEZY]i?B)?$/.test(bufferSize)) {
    const what = /^\d+/.test(bufferSize) ? 'invalid suffix in -S argument' : 'invalid -S argument'
    throw fatal(`${what} '${bufferSize}'`)
  }
  if (parallel === undefined) return
  if (!/^\d+$/.test(parallel)) throw fatal(`invalid --parallel argument '${parallel}'`)
  if (!Number(parallel)) throw fatal('number in parallel must be nonzero')
}

function* checkBatch(size: string, me: Process): Blocking<void> {
  if (!/^\d+$/.test(size)) throw fatal(`invalid --batch-size argument '${size}'`)
  if (Number(size) >= 2) return
  yield* me.warn(`invalid --batch-size argument ${quote(size)}`)
  throw fatal(`minimum --batch-size argument is ${quote('2')}`)
}

/** The files to sort: the operands, or what --files0-from lists. */
function* inputNames(
  sys: Sys,
  me: Process,
  list: string | undefined,
  args: readonly string[],
): Blocking<readonly string[]> {
  if (list === undefined) return args
  if (args[0] !== undefined)
    throw usage(`extra operand ${quoteaf(args[0])}\nfile operands cannot be combined with --files0-from`)
  let text: string
  try {
    const fd = yield* openInput(sys, list)
    text = decode(yield* readAll(sys, fd))
    closeInput(sys, fd)
  } catch (e) {
    throw e instanceof Errno ? fatal(`open failed: ${list}`, e) : e
  }
  const names = text.split('\0')
  if (names.at(-1) === '') names.pop()
  if (!names.length) throw fatal(`no input from ${quoteaf(list)}`)
  for (const [i, name] of names.entries()) {
    if (name === '-' && list === '-')
      throw fatal(`when reading file names from stdin, no file name of ${quoteaf('-')} allowed`)
    if (!name) throw fatal(`${quotef(list)}:${i + 1}: invalid zero-length file name`)
  }
  return names
}

/** --debug's warnings. */
function* warnOf(
  me: Process,
  ordering: Ordering,
  flags: { unique?: boolean | undefined; stable?: boolean | undefined },
): Blocking<void> {
  const locale = me.env.get('LC_ALL') || me.env.get('LC_COLLATE') || me.env.get('LANG') || 'C'
  const seen = { ...ordering, stable: Boolean(flags.stable) }
  for (const text of warnings(seen, Boolean(flags.unique), locale)) yield* me.warn(text)
}

/** What makes the order of -R: from the kernel, or from the file of --random-source. */
function* saltOf(sys: Sys, source: string | undefined, isNeeded: boolean): Blocking<Uint8Array> {
  if (!isNeeded) return new Uint8Array(0)
  return (yield* randomBytes(sys, source, 'open failed: '))(16)
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
    throw fatal(`${REFUSALS[e.name] ?? 'cannot read'}: ${name}`, e)
  }
  if (!text) return []
  return (text.endsWith(delimiter) ? text.slice(0, -1) : text).split(delimiter)
}
