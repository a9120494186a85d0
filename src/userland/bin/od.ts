/**
 * od - dump files in octal and other formats
 * https://www.gnu.org/software/coreutils/manual/html_node/od-invocation.html
 *
 * Left out: long double.
 */
import { decode } from '../../abi/index.ts'
import { oneOf } from '../lib/argmatch.ts'
import { command, fatal, type Given, usage } from '../lib/command.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { type Format, parseTypes, rowText } from '../lib/od/format.ts'
import { Input } from '../lib/od/input.ts'
import { quote } from '../lib/quote.ts'

const ENDIANS = [
  ['little', 'little'],
  ['big', 'big'],
] as const

/** The old letters and what -t calls them. */
const TRADITIONAL: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  D: 'u4',
  e: 'fD',
  f: 'fF',
  F: 'fD',
  h: 'x2',
  H: 'x4',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
  X: 'x4',
  O: 'o4',
  B: 'o2',
}

const letters = Object.fromEntries(
  Object.keys(TRADITIONAL).map(it => [`_${it}`, { short: it, long: '' }] as const),
)

export default command({
  name: 'od',
  closesStdin: 'standard input',
  summary:
    'Write an unambiguous representation, octal bytes by default,\nof FILE to standard output.  With more than one FILE argument,\nconcatenate them in the listed order to form the input.',
  usage: [
    'od [OPTION]... [FILE]...',
    'od [-abcdfilosx]... [FILE] [[+]OFFSET[.][b]]',
    'od --traditional [OPTION]... [FILE] [[+]OFFSET[.][b] [+][LABEL][.][b]]',
  ],
  authors: 'Jim Meyering',
  options: {
    traditional: { help: 'accept arguments in third form above' },
    addressRadix: {
      short: 'A',
      value: '=RADIX',
      help: 'output format for file offsets; RADIX is one\nof [doxn], for Decimal, Octal, Hex or None',
    },
    endian: { value: '={big|little}', help: 'swap input bytes according the specified order' },
    skipBytes: { short: 'j', value: '=BYTES', help: 'skip BYTES input bytes first' },
    readBytes: { short: 'N', value: '=BYTES', help: 'limit dump to BYTES input bytes' },
    S: { short: 'S', long: '', value: '=BYTES' },
    strings: {
      value: '[=BYTES]',
      help: 'output strings of at least BYTES graphic chars;\n3 is implied when BYTES is not specified',
    },
    format: { short: 't', value: '=TYPE', help: 'select output format or formats' },
    outputDuplicates: { short: 'v', help: 'do not use * to mark line suppression' },
    width: {
      short: 'w',
      value: '[=BYTES]',
      help: 'output BYTES bytes per output line;\n32 is implied when BYTES is not specified',
    },
    ...letters,
  },

  *main(sys, flags, args, me) {
    const request = requestOf(flags, me.order)
    const old = oldOperands(flags, args)
    const names = old.names.length ? old.names : ['-']
    const skip = old.offset ?? amount(flags.skipBytes, '-j') ?? 0
    const limit = amount(flags.readBytes, '-N')
    if (request.width !== request.asked)
      yield* me.warn(`warning: invalid width ${request.asked}; using ${request.width} instead`)
    const input = new Input(sys, me, names, skip, limit)
    const out = me.out
    const show = (at: number): string =>
      address(at, request.radix, old.label === undefined ? undefined : at - skip + old.label)
    const least = flags.S ?? flags.strings
    if (least !== undefined) {
      const found = strings(yield* input.rest(), least === '' ? 3 : amount(least, '-S')!)
      for (const { at, text } of found)
        out.line(`${show(skip + at)}${request.radix === 'n' ? '' : ' '}${text}`)
      return input.failed ? 1 : 0
    }
    let before: string | undefined
    let starred = false
    let at = skip
    for (let row = yield* input.row(request.width); row.length; row = yield* input.row(request.width)) {
      const key = row.join()
      if (!flags.outputDuplicates && key === before && row.length === request.width) {
        if (!starred) out.line('*')
        starred = true
      } else {
        starred = false
        printRow(row, show(at))
      }
      before = key
      at += row.length
      if (out.full) yield* out.flush()
      if (row.length < request.width) break
    }
    if (request.radix !== 'n' && input.opened) out.line(show(at))
    return input.failed ? 1 : 0

    function printRow(row: Uint8Array, head: string): void {
      for (const [i, format] of request.formats.entries())
        out.line(
          (i ? ' '.repeat(head.length) : head) +
            rowText(row, format, request.width, request.block, request.little),
        )
    }
  },
})

/** A number of bytes with an optional suffix. */
function amount(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (/^0x[0-9a-f]+$/i.test(text)) return Number(text)
  const it = parseNumber(text, SIZES)
  if ('value' in it) return it.value
  if (it.overflow) throw fatal(`${option} argument '${text}' too large`)
  throw fatal(`invalid ${/^\d/.test(text) ? 'suffix in ' : ''}${option} argument '${text}'`)
}

interface Request {
  readonly radix: string
  readonly formats: readonly Format[]
  readonly asked: number
  /** Bytes of a row. */
  readonly width: number
  /** Characters of a row: all formats are padded to the one that needs most room for a byte. */
  readonly block: number
  readonly little: boolean
}

interface Asked {
  endian?: string | undefined
  addressRadix?: string | undefined
  width?: string | undefined
}

function requestOf(flags: Asked, order: readonly Given<string>[]): Request {
  const endian = flags.endian === undefined ? 'little' : oneOf('--endian', flags.endian, ENDIANS)
  const radix = flags.addressRadix ?? 'o'
  if (!'doxn'.includes(radix) || radix.length !== 1)
    throw fatal(`invalid output address radix '${radix}'; it must be one character from [doxn]`)
  const formats: Format[] = []
  for (const { key, value } of order) {
    if (key === 'format') formats.push(...parseTypes(value))
    else if (key.startsWith('_')) formats.push(...parseTypes(TRADITIONAL[key.slice(1)]!))
  }
  if (!formats.length) formats.push(...parseTypes('o2'))
  const unit = formats.reduce((most, it) => Math.max(most, it.size), 1)
  const asked = flags.width === undefined ? 16 : flags.width === '' ? 32 : amount(flags.width, '-w')!
  const width = asked > 0 && asked % unit === 0 ? asked : unit
  const block = Math.max(...formats.map(it => ((it.width + 1) * width) / it.size))
  return { radix, formats, asked, width, block, little: endian === 'little' }
}

const MODERN = [
  'addressRadix',
  'skipBytes',
  'readBytes',
  'S',
  'strings',
  'format',
  'outputDuplicates',
  'width',
] as const

interface OldOperands {
  readonly names: readonly string[]
  readonly offset?: number
  /** The address that is shown beside the real one begins here. */
  readonly label?: number
}

/** FILE [+]OFFSET LABEL, the way before there were options; only the offset is known without --traditional. */
function oldOperands(
  flags: { traditional?: boolean | undefined; [option: string]: unknown },
  args: readonly string[],
): OldOperands {
  const isOld = Boolean(flags.traditional)
  const numbers = args.map(oldNumber)
  const last = args.at(-1) ?? ''
  const mayBeOffset =
    isOld ||
    (!MODERN.some(it => flags[it] !== undefined) &&
      (last.startsWith('+') || (args.length === 2 && /^\d/.test(last))))
  const offset = numbers.at(-1)
  const before = numbers.at(-2)
  if (mayBeOffset && offset !== undefined && args.length <= (isOld ? 3 : 2)) {
    if (isOld && before !== undefined) return { names: args.slice(0, -2), offset: before, label: offset }
    if (args.length < 3) return { names: args.slice(0, -1), offset }
  }
  if (isOld && args.length > 1)
    throw usage(`extra operand ${quote(args[1]!)}\nod: compatibility mode supports at most one file`)
  return { names: args }
}

/** Octal, or hexadecimal after 0x; `b` counts blocks. */
function oldNumber(text: string): number | undefined {
  const match = /^\+?(?:0x([0-9a-f]+)|([0-7]+))([bB]?)$/i.exec(text)
  if (!match) return undefined
  const value = match[1] === undefined ? Number.parseInt(match[2]!, 8) : Number.parseInt(match[1], 16)
  return value * (match[3] === 'b' ? 512 : match[3] === 'B' ? 1024 : 1)
}

function address(at: number, radix: string, label: number | undefined): string {
  if (radix === 'n') return ''
  const text = (it: number): string =>
    radix === 'd'
      ? String(it).padStart(7, '0')
      : radix === 'x'
        ? it.toString(16).padStart(6, '0')
        : it.toString(8).padStart(7, '0')
  return label === undefined ? text(at) : `${text(at)} (${text(label)})`
}

/** Runs of printable characters that a NUL ends. */
function strings(bytes: Uint8Array, least: number): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = []
  let start = 0
  for (const [i, byte] of bytes.entries()) {
    if (byte >= 32 && byte < 127) continue
    if (byte === 0 && i - start >= least) found.push({ at: start, text: decode(bytes.subarray(start, i)) })
    start = i + 1
  }
  return found
}
