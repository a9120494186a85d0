/** Where vi's motions lead. Readline: vi_mode.c. Plain functions of a line and a place in it. */
import type { Buffer } from './buffer.ts'
import type { CharSearch } from './vi-state.ts'

const isBlank = (char: string): boolean => char === '' || /\s/.test(char)
const isIdent = (char: string): boolean => /^[\p{L}\p{N}_]/u.test(char)

/** Characters of one kind make a word; for the capital letters all but blanks are alike. */
const kindOf = (char: string, big: boolean): number => (isBlank(char) ? 0 : big || isIdent(char) ? 1 : 2)

export function nextWord(buffer: Buffer, from: number, big: boolean): number {
  let i = from
  const kind = kindOf(buffer.charAt(i), big)
  while (i < buffer.end && kind !== 0 && kindOf(buffer.charAt(i), big) === kind) i = buffer.after(i)
  while (i < buffer.end && isBlank(buffer.charAt(i))) i = buffer.after(i)
  return i
}

export function previousWord(buffer: Buffer, from: number, big: boolean): number {
  let i = from
  while (i > 0 && isBlank(buffer.charAt(buffer.before(i)))) i = buffer.before(i)
  if (i === 0) return 0
  const kind = kindOf(buffer.charAt(buffer.before(i)), big)
  while (i > 0 && kindOf(buffer.charAt(buffer.before(i)), big) === kind) i = buffer.before(i)
  return i
}

/** The last character of a word. */
export function endOfWord(buffer: Buffer, from: number, big: boolean): number {
  let i = buffer.after(from)
  while (i < buffer.end && isBlank(buffer.charAt(i))) i = buffer.after(i)
  if (i >= buffer.end) return buffer.before(buffer.end)
  const kind = kindOf(buffer.charAt(i), big)
  while (buffer.after(i) < buffer.end && kindOf(buffer.charAt(buffer.after(i)), big) === kind)
    i = buffer.after(i)
  return i
}

/** f, F, t and T: undefined if the character is not there. */
export function findChar(buffer: Buffer, from: number, it: CharSearch, count: number): number | undefined {
  let at = from
  for (let i = 0; i < count; i++) {
    at =
      it.direction > 0
        ? buffer.text.indexOf(it.char, at + 1)
        : at > 0
          ? buffer.text.lastIndexOf(it.char, at - 1)
          : -1
    if (at < 0) return undefined
  }
  if (!it.till) return at
  return it.direction > 0 ? buffer.before(at) : buffer.after(at)
}

const PAIRS: Readonly<Record<string, readonly [string, 1 | -1]>> = {
  '(': [')', 1],
  '[': [']', 1],
  '{': ['}', 1],
  ')': ['(', -1],
  ']': ['[', -1],
  '}': ['{', -1],
}

/** %: the bracket that belongs to the next one from here on. */
export function matchingBracket(buffer: Buffer, from: number): number | undefined {
  const { text } = buffer
  let i = from
  while (i < text.length && !PAIRS[text[i]!]) i++
  const pair = PAIRS[text[i] ?? '']
  if (!pair) return undefined
  const open = text[i]!
  let depth = 0
  for (; i >= 0 && i < text.length; i += pair[1]) {
    if (text[i] === open) depth++
    else if (text[i] === pair[0] && --depth === 0) return i
  }
  return undefined
}
