/**
 * How GNU programs quote names in messages and listings. Linux: gnulib's quotearg.c, as coreutils 9.1 uses it in a
 * UTF-8 locale. Invalid bytes (lone surrogates here) count as unprintable, as they do there.
 */
import { wcwidth } from './wcwidth.ts'

const LETTERS: Readonly<Record<number, string>> = {
  7: 'a',
  8: 'b',
  9: 't',
  10: 'n',
  11: 'v',
  12: 'f',
  13: 'r',
}

const octal = (byte: number): string => byte.toString(8).padStart(3, '0')

/** Whether the character at this code point is shown as it is. */
export function printable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20
  return code >= 0xa0 && !(code >= 0xd800 && code <= 0xdfff) && wcwidth(code) >= 0
}

const utf8 = new TextEncoder()

/** The bytes of an unprintable character as backslash escapes. */
function escaped(char: string): string {
  const code = char.codePointAt(0)!
  const letter = LETTERS[code]
  if (letter) return `\\${letter}`
  if (code >= 0xdc80 && code <= 0xdcff) return `\\${octal(code - 0xdc00)}`
  let text = ''
  for (const byte of utf8.encode(char)) text += `\\${octal(byte)}`
  return text
}

/** ‘name’: the style of most messages. gnulib: quote(), locale_quoting_style. */
export function quote(text: string): string {
  let body = ''
  for (const char of text) {
    if (char === '\\') body += '\\\\'
    else if (char === '’') body += '\\’'
    else body += printable(char.codePointAt(0)!) ? char : escaped(char)
  }
  return `‘${body}’`
}

/** "name" with C escapes. gnulib: c_quoting_style; ls -Q. */
export function quoteC(text: string): string {
  return `"${escapeC(text, '"')}"`
}

/** The text with C escapes, `also` being further characters to escape. gnulib: escape_quoting_style; ls -b, with ' '. */
export function escapeC(text: string, also: string): string {
  let body = ''
  for (const char of text) {
    if (char === '\\' || also.includes(char)) body += `\\${char}`
    else body += printable(char.codePointAt(0)!) ? char : escaped(char)
  }
  return body
}

// What the shell would not take as it is; ~ and # only in front, { and } only alone. gnulib quotearg_buffer_restyled.
const SPECIAL = /[ !"$&'()*;<=>?[\\^`|]|^[~#]|^[{}]$/
// All of it means the same in double quotes.
const PLAIN = /^[ %+,\-./0-9:A-Z\]_a-z']*$/

/** Whether the shell needs quotes around this name. */
function needsQuotes(text: string, colon: boolean): boolean {
  if (!text || SPECIAL.test(text) || (colon && text.includes(':'))) return true
  for (const char of text) if (!printable(char.codePointAt(0)!)) return true
  return false
}

/** 'name', always quoted, so that the shell could read it. gnulib: quoteaf(), shell_escape_always_quoting_style. */
export function quoteaf(text: string): string {
  if (text.includes("'") && fitsDoubleQuotes(text)) return `"${text}"`
  let body = ''
  let inEscape = false
  for (const char of text) {
    if (!printable(char.codePointAt(0)!)) {
      body += inEscape ? escaped(char) : `'$'${escaped(char)}`
      inEscape = true
      continue
    }
    if (inEscape) body += "''"
    inEscape = false
    body += char === "'" ? "'\\''" : char
  }
  return `'${body}'`
}

function fitsDoubleQuotes(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code < 0x80 ? !PLAIN.test(char) : !printable(code)) return false
  }
  return true
}

/** The name, quoted for the shell if it needs that. ls on a terminal. gnulib: shell_escape_quoting_style. */
export const quoteShell = (text: string): string => (needsQuotes(text, false) ? quoteaf(text) : text)

/** The name before a colon in messages: quoted if the shell would need that. gnulib: quotef(). */
export const quotef = (text: string): string => (needsQuotes(text, true) ? quoteaf(text) : text)
