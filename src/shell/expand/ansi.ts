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

const byte = (n: number): string => String.fromCharCode((n & 0xff) < 0x80 ? n & 0xff : 0xdc00 + (n & 0xff))

/** As in `$'…'`: `\nnn` octal, `\xHH`, `\uHHHH`, `\cX`, and quotes. */
export function decodeAnsi(text: string): string {
  if (!text.includes('\\')) return text
  return bytesToText(
    text.replace(
      /\\(?:([abeEfnrtv\\])|(['"?])|([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c(.))/gs,
      decodeOne,
    ),
  )
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
): string {
  if (name) return SIMPLE[name]!
  if (quote) return quote
  if (octal) return byte(Number.parseInt(octal, 8))
  if (hex) return byte(Number.parseInt(hex, 16))
  const code = u4 ?? u8
  if (code) return String.fromCodePoint(Number.parseInt(code, 16))
  return control ? String.fromCharCode(control.charCodeAt(0) & 0x1f) : all
}

/** As `echo -e` and `%b` do: `\0nnn` octal; `stop` is set by `\c`. `bare` also takes `\nnn`, as %b does. */
export function decodeEcho(text: string, bare = false): { text: string; stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false }
  let stop = false
  const cut = text.replace(/\\([\s\S])[\s\S]*?/g, all => all)
  const end = findStop(cut)
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
