/** Backslash escapes: of `$'…'`, `echo -e` and `printf %b`. Bash: lib/sh/strtrans.c. */
import { decode, encode } from '../../abi/index.ts'

const SIMPLE: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** Bytes named by number may form UTF-8 together. */
const bytesToText = (text: string): string => (/[\udc80-\udcff]/.test(text) ? decode(encode(text)) : text)

/** The bytes that UTF-8 has for a code, also where Unicode has no character. */
function character(code: number): string {
  if (code < 0xd800 || (code > 0xdfff && code <= 0x10ffff)) return String.fromCodePoint(code)
  const more = code < 0x10000 ? 2 : code < 0x200000 ? 3 : code < 0x4000000 ? 4 : 5
  const lead = (0xff << (7 - more)) & 0xff
  let out = byte(lead | Math.floor(code / 64 ** more))
  for (let i = more - 1; i >= 0; i--) out += byte(0x80 | (Math.floor(code / 64 ** i) & 63))
  return out
}

const byte = (n: number): string => String.fromCharCode((n & 0xff) < 0x80 ? n & 0xff : 0xdc00 + (n & 0xff))

/** As in `$'…'`: `\nnn` octal, `\xHH`, `\x{H…}`, `\uHHHH`, `\cX`, and quotes. A zero byte ends the string. */
export function decodeAnsi(text: string): string {
  if (!text.includes('\\')) return text
  const out = text.replace(
    /\\(?:([abeEfnrtv\\])|(['"?])|([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c(\\\\|[\s\S])|x\{([\da-fA-F]*)\}?)/g,
    decodeOne,
  )
  const end = out.indexOf('\0')
  return bytesToText(end < 0 ? out : out.slice(0, end))
}

const FORMAT_ESCAPE =
  /\\(?:([abeEfnrtv\\])|(['"?])|([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8}))?/y

/** The escape at `at` of printf's format, and where it ends. */
export function decodeFormat(format: string, at: number): { text: string; end: number } {
  FORMAT_ESCAPE.lastIndex = at
  const match = FORMAT_ESCAPE.exec(format)!
  const [all, name, quote, octal, hex, u4, u8] = match
  return { text: all === '\\' ? all : decodeOne(all, name, quote, octal, hex, u4, u8), end: at + all.length }
}

function decodeOne(
  all: string,
  name?: string,
  quote?: string,
  octal?: string,
  hex?: string,
  u4?: string,
  u8?: string,
  control?: string,
  braced?: string,
): string {
  if (name) return SIMPLE[name]!
  if (quote) return quote
  if (octal) return byte(Number.parseInt(octal, 8))
  if (hex) return byte(Number.parseInt(hex, 16))
  const code = u4 ?? u8
  if (code) return character(Number.parseInt(code, 16))
  if (control)
    return control === '?' ? '\x7f' : String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f)
  return typeof braced === 'string' ? byte(Number.parseInt(braced || '0', 16)) : all
}

/** As `echo -e` and `%b` do: `\0nnn` octal; `stop` is set by `\c`. `bare` also takes `\nnn`, as %b does. */
export function decodeEcho(text: string, bare = false): { text: string; stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false }
  let stop = false
  const end = findStop(text)
  const upTo = end < 0 ? text : text.slice(0, end)
  if (end >= 0) stop = true
  const octal = bare ? '0?[0-7]{1,3}' : '0[0-7]{0,3}'
  const pattern = new RegExp(
    `\\\\(?:([abeEfnrtv\\\\])|(${octal})|x([\\da-fA-F]{1,2})|u([\\da-fA-F]{1,4})|U([\\da-fA-F]{1,8}))`,
    'g',
  )
  const out = upTo.replace(
    pattern,
    (all, name?: string, digits?: string, hex?: string, u4?: string, u8?: string) =>
      decodeOne(all, name, undefined, digits, hex, u4, u8),
  )
  return { text: bytesToText(out), stop }
}

/** Where an unescaped `\c` is. */
function findStop(text: string): number {
  for (let i = 0; i < text.length; i++)
    if (text[i] === '\\') {
      if (text[i + 1] === 'c') return i
      i++
    }
  return -1
}
