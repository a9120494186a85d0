/**
 * tr - translate or delete characters
 * https://www.gnu.org/software/coreutils/manual/html_node/tr-invocation.html
 *
 * Characters are bytes, as in the original.
 */
import { encode } from '../../abi/index.ts'
import { command, fatal, usage, writeAll } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

const range = (low: number, high: number): number[] =>
  Array.from({ length: high - low + 1 }, (_, i) => low + i)
const chars = (text: string): number[] => [...text].map(c => c.charCodeAt(0))
const UPPER = range(65, 90)
const LOWER = range(97, 122)
const DIGITS = range(48, 57)
const PUNCTUATION = [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)]

const CLASSES: Readonly<Record<string, readonly number[]>> = {
  alnum: [...DIGITS, ...UPPER, ...LOWER],
  alpha: [...UPPER, ...LOWER],
  blank: [9, 32],
  cntrl: [...range(0, 31), 127],
  digit: DIGITS,
  graph: range(33, 126),
  lower: LOWER,
  print: range(32, 126),
  punct: PUNCTUATION,
  space: [9, 10, 11, 12, 13, 32],
  upper: UPPER,
  xdigit: [...DIGITS, ...chars('ABCDEFabcdef')],
}

export default command({
  name: 'tr',
  summary:
    'Translate, squeeze, and/or delete characters from standard input,\nwriting to standard output.  STRING1 and STRING2 specify arrays of\ncharacters ARRAY1 and ARRAY2 that control the action.',
  usage: 'tr [OPTION]... STRING1 [STRING2]',
  authors: 'Jim Meyering',
  stopAtOperand: true,
  options: {
    complement: { short: 'cC', help: 'use the complement of ARRAY1' },
    delete: { short: 'd', help: 'delete characters in ARRAY1, do not translate' },
    squeezeRepeats: {
      short: 's',
      help: 'replace each sequence of a repeated character\nthat is listed in the last specified ARRAY,\nwith a single occurrence of that character',
    },
    truncateSet1: { short: 't', long: 'truncate-set1', help: 'first truncate ARRAY1 to length of ARRAY2' },
  },

  *main(sys, flags, args, me) {
    const [text1, text2, extra] = args
    if (text1 === undefined) throw usage('missing operand')
    const translating = !flags.delete && text2 !== undefined
    if (text2 === undefined && flags.delete === flags.squeezeRepeats)
      throw usage(
        `missing operand after ${quote(text1)}\n${
          flags.delete
            ? 'Two strings must be given when both deleting and squeezing repeats.'
            : 'Two strings must be given when translating.'
        }`,
      )
    const surplus = flags.delete && !flags.squeezeRepeats ? text2 : extra
    if (surplus !== undefined)
      throw usage(
        `extra operand ${quote(surplus)}${
          flags.delete && !flags.squeezeRepeats && args.length === 2
            ? '\nOnly one string may be given when deleting without squeezing repeats.'
            : ''
        }`,
      )
    if (/(^|[^\\])(\\\\)*\\$/.test(text1) || /(^|[^\\])(\\\\)*\\$/.test(text2 ?? ''))
      yield* me.warn('warning: an unescaped backslash at end of string is not portable')
    const classes1: ClassAt[] = []
    const classes2: ClassAt[] = []
    const warnings: string[] = []
    let set1 = expand(text1, undefined, classes1, warnings)
    if (flags.complement) {
      const inside = new Set(set1)
      set1 = range(0, 255).filter(byte => !inside.has(byte))
    }
    const set2 = text2 === undefined ? [] : expand(text2, set1.length, classes2, warnings)
    for (const warning of warnings) yield* me.warn(warning)
    if (translating) checkClasses(classes1, classes2)
    if (
      translating &&
      flags.complement &&
      classes1.length &&
      !flags.truncateSet1 &&
      classes2.at(-1)?.name.match(/er$/)
    )
      throw fatal(
        'when translating with string1 longer than string2,\nthe latter string must not end with a character class',
      )
    if (translating && !set2.length && set1.length && !flags.truncateSet1)
      throw fatal('when not truncating set1, string2 must be non-empty')
    if (flags.truncateSet1 && translating) set1 = set1.slice(0, set2.length)

    const map = Uint8Array.from(range(0, 255))
    if (translating) for (const [i, byte] of set1.entries()) map[byte] = set2[Math.min(i, set2.length - 1)]!
    const deleted = new Set(flags.delete ? set1 : [])
    const squeezed = new Set(flags.squeezeRepeats ? (text2 === undefined ? set1 : set2) : [])
    let before = -1
    for (;;) {
      let bytes: Uint8Array
      try {
        bytes = yield* sys.read(0, 65536)
      } catch (e) {
        throw fatal('read error', e)
      }
      if (!bytes.length) return 0
      const result = new Uint8Array(bytes.length)
      let length = 0
      for (const byte of bytes) {
        if (deleted.has(byte)) continue
        const mapped = map[byte]!
        if (mapped === before && squeezed.has(mapped)) continue
        before = mapped
        result[length++] = mapped
      }
      yield* sys.burn(bytes.length)
      yield* me.out.flush()
      yield* writeAll(sys, 1, result.subarray(0, length))
    }
  },
})

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** The bytes a string stands for. `fill`: how many [x*] has to make up for. */
function expand(text: string, fill: number | undefined, classes: ClassAt[], warnings: string[]): number[] {
  const bytes = encode(text)
  const units: { byte: number; escaped: boolean }[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 92 || at + 1 >= bytes.length) {
      units.push({ byte: bytes[at]!, escaped: false })
      continue
    }
    let digits = ''
    while (digits.length < 3 && /[0-7]/.test(String.fromCharCode(bytes[at + 1 + digits.length] ?? 0)))
      digits += String.fromCharCode(bytes[at + 1 + digits.length]!)
    // A fourth byte does not fit: the last digit is one of its own.
    if (digits && Number.parseInt(digits, 8) > 255) {
      warnings.push(
        `warning: the ambiguous octal escape \\${digits} is being\n\tinterpreted as the 2-byte sequence \\0${digits.slice(0, 2)}, ${digits[2]}`,
      )
      digits = digits.slice(0, 2)
    }
    if (digits) {
      units.push({ byte: Number.parseInt(digits, 8) & 255, escaped: true })
      at += digits.length
    } else {
      const next = bytes[++at]!
      units.push({ byte: ESCAPES[String.fromCharCode(next)] ?? next, escaped: true })
    }
  }
  return expandUnits(units, fill, classes)
}

type Unit = { readonly byte: number; readonly escaped: boolean }

function expandUnits(units: readonly Unit[], fill: number | undefined, classes: ClassAt[]): number[] {
  const is = (at: number, char: string): boolean =>
    units[at]?.byte === char.charCodeAt(0) && !units[at]!.escaped
  const result: number[] = []
  let star: { at: number; byte: number } | undefined
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!
    if (is(at, '[') && (is(at + 1, ':') || is(at + 1, '='))) {
      const kind = String.fromCharCode(units[at + 1]!.byte)
      if (is(at + 2, kind) && is(at + 3, ']'))
        throw fatal(
          kind === '=' ? "missing equivalence class character '[==]'" : "missing character class name '[::]'",
        )
      let end = at + 2
      while (end < units.length && !(is(end, kind) && is(end + 1, ']') && end > at + 2)) end++
      if (end < units.length) {
        const name = String.fromCharCode(...units.slice(at + 2, end).map(it => it.byte))
        if (kind === '=') classes.push({ at: result.length, name: '=' })
        if (kind === '=' && name.length > 1)
          throw fatal(`${name}: equivalence class operand must be a single character`)
        if (kind === ':') classes.push({ at: result.length, name })
        if (kind === '=') result.push(units[at + 2]!.byte)
        else result.push(...(CLASSES[name] ?? wrongClass(name)))
        at = end + 1
        continue
      }
    }
    if (is(at, '[') && is(at + 2, '*')) {
      let end = at + 3
      let digits = ''
      while (end < units.length && !is(end, ']')) digits += String.fromCharCode(units[end++]!.byte)
      const isCount = /^\d*$/.test(digits)
      if (end < units.length && !isCount)
        throw fatal(`invalid repeat count ${quote(digits)} in [c*n] construct`)
      if (end < units.length) {
        if (digits.startsWith('0') && /[89]/.test(digits))
          throw fatal(`invalid repeat count ${quote(digits)} in [c*n] construct`)
        const count = Number.parseInt(digits || '0', digits.startsWith('0') ? 8 : 10)
        if (fill === undefined && !count) throw fatal('the [c*] repeat construct may not appear in string1')
        if (!count && star) throw fatal('only one [c*] repeat construct may appear in string2')
        if (count) for (let i = 0; i < count; i++) result.push(units[at + 1]!.byte)
        else star = { at: result.length, byte: units[at + 1]!.byte }
        at = end
        continue
      }
    }
    if (is(at + 1, '-') && at + 2 < units.length) {
      const high = units[at + 2]!.byte
      if (high < unit.byte)
        throw fatal(
          `range-endpoints of '${String.fromCharCode(unit.byte)}-${String.fromCharCode(high)}' are in reverse collating sequence order`,
        )
      result.push(...range(unit.byte, high))
      at += 2
      continue
    }
    result.push(unit.byte)
  }
  if (star) result.splice(star.at, 0, ...new Array(Math.max(0, (fill ?? 0) - result.length)).fill(star.byte))
  return result
}

/** Where in the expanded string a class begins. */
interface ClassAt {
  readonly at: number
  readonly name: string
}

/** In the second string only classes of case may stand, each where the first string has one. */
function checkClasses(first: readonly ClassAt[], second: readonly ClassAt[]): void {
  const isCase = ({ name }: ClassAt): boolean => name === 'upper' || name === 'lower'
  if (second.some(it => it.name === '='))
    throw fatal('[=c=] expressions may not appear in string2 when translating')
  if (!second.every(isCase))
    throw fatal(
      "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'",
    )
  if (!second.every(it => first.some(other => isCase(other) && other.at === it.at)))
    throw fatal('misaligned [:upper:] and/or [:lower:] construct')
}

function wrongClass(name: string): never {
  throw fatal(`invalid character class ${quote(name)}`)
}
