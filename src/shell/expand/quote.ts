/** Writing values so that the shell reads them back: `${x@Q}`, `declare -p`, `set`, `set -x`. Bash: lib/sh/shquote.c. */
import { type Variable, keysOf } from '../variables.ts'

/** `'text'`. */
export const singleQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** `$'text'` if there are characters that no other quotes can show, else `'text'`. */
export const quoteWord = (text: string): string => (needsAnsi(text) ? ansiQuote(text) : singleQuote(text))

export const needsAnsi = (text: string): boolean =>
  /[\x00-\x1f\x7f\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))

const NAMES: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
}

export function ansiQuote(text: string): string {
  let out = ''
  for (const c of text) {
    const code = c.codePointAt(0)!
    const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code
    out +=
      NAMES[c] ?? (byte < 32 || byte === 127 || byte !== code ? `\\${byte.toString(8).padStart(3, '0')}` : c)
  }
  return `$'${out}'`
}

/** What makes bash quote a word, before it looks for what cannot be printed. */
const META = /[\s'"\\|&;()<>!{}*[\]?^$`]|^[#~]|[=:]~/

/** A word as `set -x` shows it: quoted only if it must be. */
export function traceQuote(text: string): string {
  if (text === '') return "''"
  if (text === "'") return "\\'"
  if (!META.test(text) && needsAnsi(text)) return ansiQuote(text)
  return /[\s'"\\|&;()<>!{}*[\]?^$`]|^[#~]|[=:]~/.test(text) ? singleQuote(text) : text
}

/** As `printf %q` does it: backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''"
  if (needsAnsi(text)) return ansiQuote(text)
  return text.replace(/[\s'"\\|&;()<>!{}*[\],?^$`]/g, '\\$&').replace(/^[#~]/, '\\$&')
}

const doubleQuote = (text: string): string =>
  needsAnsi(text) ? ansiQuote(text) : `"${text.replace(/[\\"$`]/g, '\\$&')}"`

/** The letters of a variable's attributes. Bash: variables.c:var_attribute_string(). */
export function attributesOf(it: Variable): string {
  const value = it.current()
  const kind = Array.isArray(value) ? 'a' : value instanceof Map ? 'A' : ''
  const flags = `${it.integer ? 'i' : ''}${it.nameref ? 'n' : ''}${it.readonly ? 'r' : ''}`
  return `${kind}${flags}${it.exported ? 'x' : ''}${it.case}`
}

/** `declare -x NAME="value"`; `short` is `${x@A}`'s form. */
export function declaration(name: string, it: Variable, short = false, element?: string): string {
  const attributes = attributesOf(it)
  const value = element ?? it.current()
  if (short && typeof value === 'string' && !attributes) return `${name}=${quoteWord(value)}`
  const start = `declare -${attributes || '-'} ${name}`
  if (value === undefined || it.blank || (it.isUnlisted && !short)) return start
  if (typeof value === 'string') return `${start}=${short ? quoteWord(value) : doubleQuote(value)}`
  return `${start}=${arrayText(value)}`
}

const isPlainKey = (key: string): boolean =>
  key !== '' && key !== '@' && !needsAnsi(key) && !/[\s'"\\|&;()<>!{}*[\]?^$`]|^[~#]|[=:]~/.test(key)

type Keyed = string[] | Map<string, string>
const held = (value: Keyed, key: string): string =>
  (Array.isArray(value) ? value[Number(key)] : value.get(key)) ?? ''
const shownKey = (value: Keyed, key: string): string =>
  Array.isArray(value) || isPlainKey(key) ? key : doubleQuote(key)

/** `0 "a" 1 "b"`, as `${x[@]@K}` gives keys and values. */
export function pairsText(value: Keyed): string {
  const pairs = keysOf(value).map(key => `${shownKey(value, key)} ${doubleQuote(held(value, key))}`)
  return pairs.join(' ') + (Array.isArray(value) || !pairs.length ? '' : ' ')
}

/** `([0]="a" [1]="b")`. */
export function arrayText(value: Keyed): string {
  const items = keysOf(value).map(key => `[${shownKey(value, key)}]=${doubleQuote(held(value, key))}`)
  return Array.isArray(value) ? `(${items.join(' ')})` : `(${items.map(it => `${it} `).join('')})`
}
