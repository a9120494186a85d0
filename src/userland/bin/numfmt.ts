/**
 * numfmt - convert numbers from/to human-readable strings
 * https://www.gnu.org/software/coreutils/manual/html_node/numfmt-invocation.html
 *
 * Left out: --dev-debug; numbers have the precision of a double.
 */
import { type Blocking, decode, encode, type Sys } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, type Flags, type Process } from '../lib/command.ts'
import { Lines } from '../lib/lines.ts'
import {
  type Format,
  formatOf,
  humanNumber,
  ROUNDINGS,
  readNumber,
  SCALES_FROM,
  SCALES_TO,
  tooLarge,
  unitOf,
  type Writing,
} from '../lib/numfmt.ts'
import { quote } from '../lib/quote.ts'
import { inRanges, parseList } from '../lib/set-fields.ts'
import { textWidth } from '../lib/wcwidth.ts'

const OPTIONS = {
  debug: { help: 'print warnings about invalid input' },
  delimiter: { short: 'd', value: '=X', help: 'use X instead of whitespace for field delimiter' },
  field: { value: '=FIELDS', help: 'replace the numbers in these input fields (default=1)' },
  format: { value: '=FORMAT', help: 'use printf style floating-point FORMAT' },
  from: { value: '=UNIT', help: "auto-scale input numbers to UNITs; default is 'none'" },
  fromUnit: { value: '=N', help: 'specify the input unit size (instead of the default 1)' },
  grouping: { help: 'use locale-defined grouping of digits' },
  header: { value: '[=N]', help: 'print (without converting) the first N header lines' },
  invalid: { value: '=MODE', help: 'failure mode for invalid numbers' },
  padding: { value: '=N', help: 'pad the output to N characters' },
  round: { value: '=METHOD', help: 'use METHOD for rounding when scaling' },
  suffix: { value: '=SUFFIX', help: 'add SUFFIX to output numbers' },
  to: { value: '=UNIT', help: 'auto-scale output numbers to UNITs' },
  toUnit: { value: '=N', help: 'the output unit size (instead of the default 1)' },
  zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
} as const

const MODES = ['abort', 'fail', 'warn', 'ignore'].map(it => [it, it] as const)

export default command({
  name: 'numfmt',
  summary: 'Reformat NUMBER(s), or the numbers from standard input if none are specified.',
  usage: 'numfmt [OPTION]... [NUMBER]...',
  authors: 'Assaf Gordon',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const run = converter(flags, me)
    const end = flags.zeroTerminated ? '\0' : '\n'
    if (flags.debug) yield* remarks(flags, args, run)
    for (const arg of args) {
      yield* convertLine(run, arg)
      me.out.print(end)
    }
    if (!args.length) yield* convertInput(sys, run, flags.header, end)
    if (run.failed && flags.debug) yield* me.warn('failed to convert some of the input numbers')
    return run.failed && run.mode === 'fail' ? 2 : 0
  },
})

/** The options in a usable form, and whether a number was wrong. */
interface Converter extends Writing {
  readonly me: Process
  readonly mode: string
  readonly from: string
  readonly factor: number
  readonly suffix: string
  readonly format: Format | undefined
  readonly padding: number
  readonly delimiter: string | undefined
  readonly fields: ReturnType<typeof parseList>
  failed: boolean
}

function converter(flags: Flags<typeof OPTIONS>, me: Process): Converter {
  const from = oneOf('--from', flags.from ?? 'none', SCALES_FROM)
  const fromUnit = flags.fromUnit === undefined ? 1 : unitOf(flags.fromUnit)
  const scale = oneOf('--to', flags.to ?? 'none', SCALES_TO)
  const toUnit = flags.toUnit === undefined ? 1 : unitOf(flags.toUnit)
  const round = oneOf('--round', flags.round ?? 'from-zero', ROUNDINGS)
  const padding = flags.padding === undefined ? 0 : paddingOf(flags.padding)
  const fields = parseList(flags.field ?? '1', { fields: true, dash: true })
  const delimiter = flags.delimiter
  if (delimiter !== undefined && encode(delimiter).length > 1)
    throw fatal('the delimiter must be a single character')
  if (flags.header) positive(flags.header)
  const mode = oneOf('--invalid', flags.invalid ?? 'abort', MODES)
  if (flags.format !== undefined && flags.grouping) throw fatal('--grouping cannot be combined with --format')
  const format = flags.format === undefined ? undefined : formatOf(flags.format)
  if ((flags.grouping || format?.grouping) && scale !== 'none')
    throw fatal('grouping cannot be combined with --to')
  return {
    ...{ me, mode, from, scale, round, format, delimiter, fields },
    factor: fromUnit / toUnit,
    suffix: flags.suffix ?? '',
    padding: format?.width ? (format.left ? -format.width : format.width) : padding,
    precision: format?.precision,
    failed: false,
  }
}

function positive(text: string): number {
  if (!/^\d+$/.test(text) || !Number(text)) throw fatal(`invalid header value ${quote(text)}`)
  return Number(text)
}

function paddingOf(text: string): number {
  if (!/^[-+]?\d+$/.test(text) || !Number(text)) throw fatal(`invalid padding value ${quote(text)}`)
  return Number(text)
}

function* remarks(flags: Flags<typeof OPTIONS>, args: readonly string[], run: Converter): Blocking<void> {
  if (run.from === 'none' && run.scale === 'none' && !flags.grouping && !run.padding && !run.format)
    yield* run.me.warn('no conversion option specified')
  if (flags.header !== undefined && args.length)
    yield* run.me.warn('--header ignored with command-line input')
}

function* convertInput(sys: Sys, run: Converter, header: string | undefined, end: string): Blocking<void> {
  const { out } = run.me
  const lines = new Lines(sys, 0, end.charCodeAt(0))
  let headers = header === undefined ? 0 : header ? positive(header) : 1
  for (;;) {
    const bytes = yield* lineOf(run, lines)
    if (!bytes) return
    const line = decode(bytes)
    if (headers-- > 0) out.print(line)
    else yield* convertLine(run, line)
    if (lines.complete) out.print(end)
    if (out.full) yield* out.flush()
  }
}

/** The next line. Not being able to read is told, but is no failure. */
function* lineOf(run: Converter, lines: Lines): Blocking<Uint8Array | undefined> {
  try {
    return yield* lines.nextBytes()
  } catch (e) {
    yield* run.me.warn('error reading input', e)
    return undefined
  }
}

/** Fields between blanks; the blanks before a field belong to it, but for the one that ends the field before. */
const blankFields = (line: string): readonly string[] => {
  const fields: string[] = []
  for (let at = 0; ; at++) {
    const field = /^[ \t\n]*[^ \t\n]*/.exec(line.slice(at))![0]
    fields.push(field)
    at += field.length
    if (at >= line.length) return fields
  }
}

function* convertLine(run: Converter, line: string): Blocking<void> {
  const fields = run.delimiter === undefined ? blankFields(line) : line.split(run.delimiter || '\0')
  for (const [i, field] of fields.entries()) {
    if (i) run.me.out.print(run.delimiter ?? ' ')
    const converted = inRanges(run.fields, i + 1) ? yield* convert(run, field, i + 1) : field
    run.me.out.print(converted)
  }
}

/** The field with its number converted; as it is if there is none. */
function* convert(run: Converter, field: string, index: number): Blocking<string> {
  const { suffix } = run
  const bare =
    suffix && field.length > suffix.length && field.endsWith(suffix) ? field.slice(0, -suffix.length) : field
  const text = bare.replace(/^[ \t]+/, '')
  const width =
    !run.padding && run.delimiter === undefined && (text !== bare || index > 1)
      ? textWidth(bare)
      : run.padding
  const read = readNumber(text, run.from)
  const problem = typeof read === 'string' ? read : beyond(run, read.value * run.factor, read.precision)
  if (typeof read !== 'string' && !problem) {
    const precision = run.precision ?? read.precision
    return padded(run, humanNumber(read.value * run.factor, precision, run) + suffix, width)
  }
  run.failed = true
  if (run.mode === 'abort') throw fatal(problem!, undefined, 2)
  if (run.mode !== 'ignore') yield* run.me.warn(problem!)
  return bare
}

const beyond = (run: Converter, value: number, precision: number): string | undefined =>
  tooLarge(value, run.precision ?? precision, run.scale)

function padded({ format }: Converter, text: string, width: number): string {
  const room = Math.abs(width) - textWidth(text)
  const fill = (format?.zeros && width > 0 ? '0' : ' ').repeat(Math.max(0, room))
  const zeros = fill.startsWith('0') && text.startsWith('-')
  const aligned = zeros ? `-${fill}${text.slice(1)}` : width < 0 ? text + fill : fill + text
  return `${format?.before ?? ''}${aligned}${format?.after ?? ''}`
}
