/**
 * hexdump's formats: `16/1 "%02x " "\n"` says how often something is shown, of how many bytes, and how.
 * util-linux: text-utils/hexdump-parse.c.
 */
import { fatal } from '../command.ts'
import type { Conversion } from '../printf.ts'

/** What a piece of a format shows. */
export type Shows =
  | 'text'
  | 'address'
  | 'char'
  | 'escape'
  | 'printable'
  | 'name'
  | 'signed'
  | 'unsigned'
  | 'float'
  | 'string'

/** Linux: struct hexdump_pr. */
export interface Piece {
  readonly shows: Shows
  /** How many bytes it takes. */
  readonly bytes: number
  readonly before: string
  readonly conversion: Conversion
  readonly after: string
}

/** Linux: struct hexdump_fu. */
export interface Unit {
  repeat: number
  readonly bytes: number
  readonly pieces: readonly Piece[]
  /** Shown once at the end, with the address after the last byte. */
  readonly atEnd: boolean
  readonly fixed: boolean
}

/** One format: its units, shown one after another for each block of input. */
export interface Format {
  readonly units: readonly Unit[]
  readonly bytes: number
}

const UNIT = /^\s*(?:(\d+)(?=[\s/"]))?\s*(?:\/\s*(\d+)(?=[\s"]))?\s*"([^"]*)"/
const PIECE = /([^%]*)%(?:%|([-+ 0#]*)(\d*)(?:\.(\d*))?(_[aA][dox]|_[cpu]|[a-zA-Z]))/y
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Parse a format. */
export function parseFormat(text: string): Format {
  const units: Unit[] = []
  let rest = text.trim()
  while (rest) {
    const match = UNIT.exec(rest)
    if (!match) throw fatal(`bad format {${text}}`)
    const [all, repeat, bytes, format] = match
    const given = bytes === undefined ? undefined : Number(bytes)
    const pieces = parsePieces(escaped(format!), given)
    units.push({
      repeat: Number(repeat ?? 1),
      bytes: pieces.reduce((sum, it) => sum + it.bytes, 0),
      pieces,
      atEnd: pieces.some(it => it.conversion.letter.startsWith('_A')),
      fixed: repeat !== undefined,
    })
    rest = rest.slice(all.length).trimStart()
  }
  return { units, bytes: units.reduce((sum, it) => sum + it.repeat * it.bytes, 0) }
}

const escaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, char: string) => SIMPLE[char] ?? (char === '0' ? '\0' : char))

function parsePieces(format: string, given: number | undefined): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let text = ''
  for (;;) {
    PIECE.lastIndex = at
    const match = PIECE.exec(format)
    if (!match) break
    at = PIECE.lastIndex
    text += match[1]!
    if (match[5] === undefined) {
      text += '%'
      continue
    }
    if (given !== undefined && pieces.length) throw fatal('byte count with multiple conversion characters')
    const precision = match[4] === undefined ? undefined : Number(match[4])
    const letter = match[5].replace(/^l+/, '')
    const conversion = { flags: match[2]!, width: Number(match[3]), precision, letter }
    pieces.push({ ...kindOf(letter, given, precision), before: text, conversion, after: '' })
    text = ''
  }
  const tail = text + format.slice(at)
  if (tail.includes('%') && !format.slice(at).startsWith('%%') && format.slice(at).includes('%'))
    throw fatal(
      `bad conversion character %${format.slice(format.indexOf('%', at) + 1, format.indexOf('%', at) + 2)}`,
    )
  const last = pieces.pop()
  if (last) return [...pieces, { ...last, after: tail }]
  const none = { flags: '', width: 0, precision: undefined, letter: '' }
  return [{ shows: 'text', bytes: 0, before: tail, conversion: none, after: '' }]
}

/** What a conversion shows and of how many bytes. */
function kindOf(
  letter: string,
  given: number | undefined,
  precision: number | undefined,
): { shows: Shows; bytes: number } {
  const sized = (
    shows: Shows,
    usual: number,
    allowed: readonly number[],
  ): { shows: Shows; bytes: number } => {
    const bytes = given ?? usual
    if (!allowed.includes(bytes)) throw fatal(`bad byte count for conversion character ${letter}`)
    return { shows, bytes }
  }
  if (letter === 'c') return sized('char', 1, [1])
  if ('di'.includes(letter)) return sized('signed', 4, [1, 2, 4, 8])
  if ('ouxX'.includes(letter)) return sized('unsigned', 4, [1, 2, 4, 8])
  if ('eEfgG'.includes(letter)) return sized('float', 8, [4, 8])
  if (letter === 's') {
    if (given === undefined && precision === undefined) throw fatal('%s requires a precision or a byte count')
    return { shows: 'string', bytes: precision ?? given! }
  }
  if (/^_[aA]/.test(letter)) return { shows: 'address', bytes: 0 }
  if (letter === '_c') return sized('escape', 1, [1])
  if (letter === '_p') return sized('printable', 1, [1])
  if (letter === '_u') return sized('name', 1, [1])
  throw fatal(`bad conversion character %${letter}`)
}

/** Formats that show the same blocks: the last unit of a short one is repeated to fill the block. */
export function fitted(formats: readonly Format[]): {
  readonly formats: readonly Format[]
  readonly block: number
} {
  const block = Math.max(0, ...formats.map(it => it.bytes))
  for (const { units, bytes } of formats) {
    const last = units.at(-1)
    if (last?.bytes && !last.fixed && bytes < block) last.repeat += Math.floor((block - bytes) / last.bytes)
  }
  return { formats, block }
}
