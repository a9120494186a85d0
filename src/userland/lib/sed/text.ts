/** What s and l make of the pattern space. sed/execute.c: do_subst(), do_list(). */
import { escapeC } from '../quote.ts'
import type { Command, Piece } from './script.ts'

/** The text with the matches that an s command means replaced; undefined when it means none. */
export function substituted(text: string, regex: RegExp, it: Command): string | undefined {
  regex.lastIndex = 0
  let result = ''
  let from = 0
  let count = 0
  let done = false
  for (let match = regex.exec(text); match; match = regex.exec(text)) {
    const empty = match[0] === ''
    // An empty match right after the previous match does not count.
    if (!(empty && match.index === from && count > 0 && from > 0)) {
      count++
      if (count >= it.nth) {
        result += text.slice(from, match.index) + expand(it.replacement, match)
        from = match.index + match[0].length
        done = true
        if (!it.global) break
      } else {
        result += text.slice(from, match.index + match[0].length)
        from = match.index + match[0].length
      }
    }
    if (empty) {
      regex.lastIndex = match.index + (text.codePointAt(match.index)! > 0xffff ? 2 : 1)
      if (match.index >= text.length) break
    }
  }
  return done ? result + text.slice(from) : undefined
}

/** The replacement for a match, with \U, \l and the like. */
function expand(pieces: readonly Piece[], match: RegExpExecArray): string {
  let result = ''
  let mode: 'U' | 'L' | 'E' = 'E'
  let once: 'u' | 'l' | undefined
  for (const piece of pieces) {
    if (piece.kind === 'case') {
      if (piece.to === 'u' || piece.to === 'l') once = piece.to
      else {
        mode = piece.to
        once = undefined
      }
      continue
    }
    let text = piece.kind === 'text' ? piece.text : (match[piece.group] ?? '')
    if (!text) continue
    if (mode !== 'E') text = mode === 'U' ? text.toUpperCase() : text.toLowerCase()
    if (once) {
      const first = String.fromCodePoint(text.codePointAt(0)!)
      text = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + text.slice(first.length)
    }
    once = undefined
    result += text
  }
  return result
}

/** The text unambiguously, in lines of this width. */
export function listed(text: string, width: number): string {
  const limit = width < 1 ? Number.POSITIVE_INFINITY : width - 1
  let shown = ''
  let line = ''
  for (const char of text) {
    const piece = char === '\n' ? '\\n' : escapeC(char, '')
    const coded = char.codePointAt(0)! >= 0x80 ? escapeBytes(char) : piece
    if (line.length + coded.length > limit) {
      shown += `${line}\\\n`
      line = ''
    }
    line += coded
  }
  return `${shown}${line}$\n`
}

const escapeBytes = (char: string): string =>
  [...new TextEncoder().encode(char)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
