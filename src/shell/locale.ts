/**
 * Characters in the locale of the moment: those of UTF-8, or single bytes in C, in POSIX and to dash. setlocale(3).
 *
 * Left out: quoting and `\u` outside UTF-8, IFS and `read -n` by bytes.
 */
import { decode, encode } from '../abi/index.ts'
import type { Shell } from './shell.ts'

const ASCII = /^[\0-\x7f]*$/

/** A text as it is looked at: where bytes are characters, each byte beyond ASCII stands as a stray one does. */
export function narrow(sh: Shell, text: string): string {
  if (!sh.isByteWise || ASCII.test(text)) return text
  let out = ''
  for (const byte of encode(text)) out += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)
  return out
}

/** The text again, when `narrow` text has been worked on. */
export const widen = (sh: Shell, text: string): string =>
  !sh.isByteWise || ASCII.test(text) ? text : decode(encode(text))

/** The same for regular expressions, to which stray bytes are no characters: bytes are those of Latin-1. */
export const toLatin = (sh: Shell, text: string): string =>
  !sh.isByteWise
    ? text
    : narrow(sh, text).replace(/[\udc80-\udcff]/g, it => String.fromCharCode(it.charCodeAt(0) - 0xdc00))
export const fromLatin = (sh: Shell, text: string): string =>
  sh.isByteWise
    ? widen(
        sh,
        text.replace(/[\x80-\xff]/g, it => String.fromCharCode(it.charCodeAt(0) + 0xdc00)),
      )
    : text
