/** Where the shell's words begin and end: blanks and operators divide them, quotes hold them together. */

const DELIMITER = /[\s;&|<>()]/

/** Where each word of a line is. Bash: bashline.c:bash_forward_shellword(). */
export function shellWordSpans(text: string): [number, number][] {
  const out: [number, number][] = []
  for (let i = 0; i < text.length; ) {
    if (DELIMITER.test(text[i]!)) {
      i++
      continue
    }
    const start = i
    i = endOfWord(text, i)
    out.push([start, i])
  }
  return out
}

function endOfWord(text: string, from: number): number {
  let i = from
  while (i < text.length && !DELIMITER.test(text[i]!)) {
    const c = text[i]!
    if (c === '\\') i += 2
    else if (c === "'" || c === '"') {
      const close = closing(text, i)
      i = close < 0 ? text.length : close + 1
    } else i++
  }
  return Math.min(i, text.length)
}

function closing(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && text[open] === '"') i++
    else if (text[i] === text[open]) return i
  }
  return -1
}

export const shellWordRight = (text: string, point: number): number =>
  shellWordSpans(text).find(([, end]) => end > point)?.[1] ?? text.length

export const shellWordLeft = (text: string, point: number): number =>
  shellWordSpans(text).findLast(([start]) => start < point)?.[0] ?? 0
