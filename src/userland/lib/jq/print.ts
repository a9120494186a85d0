/**
 * JSON as jq writes it: numbers with 17 digits at most, indentation, sorted keys, colours, plain ASCII.
 * jq: jv_print.c, and David Gay's g_fmt.c for numbers.
 */
import { type Json, type JsonObject, isArray, isObject, sortedKeys, typeOf } from './value.ts'

/** How values are written. */
export interface Style {
  /** What one level is indented by; empty for one line. */
  readonly indent: string
  readonly sorted: boolean
  readonly ascii: boolean
  /** Escape sequences of null, false, true, numbers, strings, arrays and objects. */
  readonly colors: readonly string[] | undefined
}

export const PLAIN: Style = { indent: '', sorted: false, ascii: false, colors: undefined }
export const COLORS = ['1;30', '0;39', '0;39', '0;39', '0;32', '1;39', '1;39'].map(it => `\x1b[${it}m`)
const KEY = '\x1b[34;1m'
const END = '\x1b[0m'

/** The shortest digits that read back the same; an exponent when there are many zeros. */
export function numberText(it: number): string {
  if (Number.isNaN(it)) return 'null'
  const finite = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, it))
  if (finite === 0) return Object.is(finite, -0) ? '-0' : '0'
  const [mantissa, power] = Math.abs(finite).toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const point = Number(power) + 1
  const sign = finite < 0 ? '-' : ''
  if (point <= -4 || point > digits.length + 15) {
    const exponent = Math.abs(point - 1)
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${point < 1 ? '-' : '+'}${String(exponent).padStart(2, '0')}`
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '\f': '\\f',
}
const unicode = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

export function stringText(it: string, ascii: boolean): string {
  const text = it.replace(/["\\\x00-\x1f\x7f]/g, char => ESCAPES[char] ?? unicode(char))
  return `"${ascii ? text.replace(/[\x80-\uffff]/g, unicode) : text}"`
}

/** A value in one line, without colours. Linux: jv_dump_string. */
export const json = (it: Json): string => written(it, PLAIN, 0)

/** A value as text: strings as they are. */
export const textOf = (it: Json): string => (typeof it === 'string' ? it : json(it))

/** The beginning of a value for a message, in `size` bytes with the final zero. Linux: jv_dump_string_trunc. */
export function shown(it: Json, size = 15): string {
  const bytes = new TextEncoder().encode(json(it))
  if (bytes.length < size) return new TextDecoder().decode(bytes)
  return `${new TextDecoder().decode(bytes.subarray(0, size - 4))}...`
}

/** A value of some style, for a message: its type and its beginning. */
export const described = (it: Json): string => `${typeOf(it)} (${shown(it)})`

export function written(it: Json, style: Style, depth: number): string {
  const color = style.colors?.[colorOf(it)]
  if (isArray(it))
    return container(it.length, '[]', i => written(it[i]!, style, depth + 1), style, depth, color)
  if (isObject(it)) return object(it, style, depth, color)
  const text =
    typeof it === 'string'
      ? stringText(it, style.ascii)
      : typeof it === 'number'
        ? numberText(it)
        : String(it)
  return color === undefined ? text : `${color}${text}${END}`
}

const colorOf = (it: Json): number =>
  it === false
    ? 1
    : it === true
      ? 2
      : ['null', '', '', 'number', 'string', 'array', 'object'].indexOf(typeOf(it))

function object(it: JsonObject, style: Style, depth: number, color: string | undefined): string {
  const keys = style.sorted ? sortedKeys(it) : [...it.keys()]
  const colon = style.indent ? ': ' : ':'
  const entry = (i: number): string => {
    const key = stringText(keys[i]!, style.ascii)
    const value = written(it.get(keys[i]!)!, style, depth + 1)
    if (color === undefined) return key + colon + value
    return `${END}${KEY}${key}${END}${color}${colon}${END}${value}`
  }
  return container(keys.length, '{}', entry, style, depth, color)
}

/** Brackets around items, one a line when the style indents. */
function container(
  count: number,
  brackets: string,
  item: (i: number) => string,
  style: Style,
  depth: number,
  color = '',
): string {
  const end = color && END
  if (!count) return color + brackets + end
  const line = (level: number): string => (style.indent ? `\n${style.indent.repeat(level)}` : '')
  let text = color + brackets[0]
  for (let i = 0; i < count; i++) text += (i ? `${color},` : '') + line(depth + 1) + item(i)
  return text + color + line(depth) + color + brackets[1] + end
}
