/** Where the words of a permuted index are. Linux: coreutils ptx.c, find_occurs_in_text(). */

/** A file that is indexed, one character a byte. */
export interface Text {
  readonly name: string
  readonly text: string
}

/** What counts as a word, and where contexts end. */
export interface Words {
  readonly sentence: RegExp | undefined
  readonly word: RegExp | undefined
  readonly isLetter: (char: string) => boolean
  readonly foldsCase: boolean
  /** References are made: file and line. */
  readonly autoReference: boolean
  /** The first word of a line is a reference. */
  readonly inputReference: boolean
  readonly ignored: readonly string[] | undefined
  readonly only: readonly string[] | undefined
}

/** A word with the bounds of its context. */
export interface Occurrence {
  readonly file: number
  readonly start: number
  readonly end: number
  readonly contextStart: number
  readonly contextEnd: number
  /** The line within its file, from 1. */
  readonly line: number
  /** Where that line begins. */
  readonly lineStart: number
}

export interface Found {
  readonly occurrences: readonly Occurrence[]
  readonly longestWord: number
  readonly longestReference: number
}

export const isSpace = (char: string | undefined): boolean => char !== undefined && /[ \t-\r]/.test(char)

/** Forward over white space. */
export function skipWhite(text: string, at: number, end = text.length): number {
  while (at < end && isSpace(text[at])) at++
  return at
}

/** Forward over what is none. */
export function skipNonWhite(text: string, at: number, end = text.length): number {
  while (at < end && !isSpace(text[at])) at++
  return at
}

/** Backward over white space. */
export function skipWhiteBackwards(text: string, at: number, start: number): number {
  while (at > start && isSpace(text[at - 1])) at--
  return at
}

/** Forward over a word, or else one character. Linux: SKIP_SOMETHING. */
export function skipSomething({ word, isLetter }: Words, text: string, at: number, end: number): number {
  if (word) {
    word.lastIndex = at
    const found = word.exec(text.slice(0, end))
    return at + (found?.index === at ? found[0].length || 1 : 1)
  }
  if (!isLetter(text[at]!)) return at + 1
  while (at < end && isLetter(text[at]!)) at++
  return at
}

/** Every word of the texts, sorted. */
export function findOccurrences(texts: readonly Text[], words: Words): Found {
  const occurrences: Occurrence[] = []
  for (let file = 0; file < texts.length; file++) findIn(texts[file]!.text, file, words, occurrences)
  const key = (it: Occurrence): string => {
    const text = texts[it.file]!.text.slice(it.start, it.end)
    return words.foldsCase ? text.toUpperCase() : text
  }
  const keyed = occurrences.map(it => ({ it, key: key(it) }))
  keyed.sort((a, b) =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : a.it.file - b.it.file || a.it.start - b.it.start,
  )
  return {
    occurrences: keyed.map(({ it }) => it),
    longestWord: Math.max(0, ...texts.map(it => longestWord(it.text, words))),
    longestReference: longestReference(texts, occurrences),
  }
}

function longestWord(text: string, words: Words): number {
  let longest = 0
  for (const [start, end] of wordsIn(text, 0, text.length, words)) longest = Math.max(longest, end - start)
  return longest
}

function longestReference(texts: readonly Text[], occurrences: readonly Occurrence[]): number {
  let longest = 0
  for (const { file, lineStart } of occurrences) {
    const { text } = texts[file]!
    longest = Math.max(longest, skipNonWhite(text, lineStart) - lineStart)
  }
  return longest
}

/** Linux: find_occurs_in_text(). */
function findIn(text: string, file: number, words: Words, found: Occurrence[]): void {
  const fold = (it: string): string => (words.foldsCase ? it.toUpperCase() : it)
  const ignored = words.ignored && new Set(words.ignored.map(fold))
  const only = words.only && new Set(words.only.map(fold))
  let line = 1
  let lineStart = 0
  let scanned = words.inputReference ? skipWhite(text, skipNonWhite(text, 0)) : 0
  for (const [start, next] of contexts(text, words)) {
    const contextEnd = skipWhiteBackwards(text, next, start)
    let contextStart = start
    for (const [from, to] of wordsIn(text, start, contextEnd, words)) {
      while (scanned < from) {
        if (text[scanned++] !== '\n') continue
        line++
        lineStart = scanned
        if (words.autoReference || words.inputReference) scanned = skipNonWhite(text, scanned)
      }
      if (words.inputReference && scanned > from) continue
      const key = fold(text.slice(from, to))
      if (ignored?.has(key) || (only && !only.has(key))) continue
      if (words.inputReference && lineStart === contextStart)
        contextStart = skipWhite(text, skipNonWhite(text, contextStart, contextEnd), contextEnd)
      found.push({ file, start: from, end: to, contextStart, contextEnd, line, lineStart })
    }
  }
}

function* contexts(text: string, { sentence }: Words): Generator<readonly [number, number]> {
  let start = 0
  while (start < text.length) {
    let next = text.length
    if (sentence) {
      sentence.lastIndex = start
      const match = sentence.exec(text)
      if (match) next = match.index + match[0].length
    }
    if (next <= start) next = start + 1
    yield [start, next]
    start = next
  }
}

function* wordsIn(
  text: string,
  start: number,
  end: number,
  words: Words,
): Generator<readonly [number, number]> {
  let at = start
  while (at < end) {
    let stop: number
    if (words.word) {
      words.word.lastIndex = at
      const match = words.word.exec(text.slice(0, end))
      if (!match) return
      at = match.index
      stop = at + match[0].length
    } else {
      while (at < end && !words.isLetter(text[at]!)) at++
      if (at >= end) return
      stop = at
      while (stop < end && words.isLetter(text[stop]!)) stop++
    }
    if (stop > at) yield [at, stop]
    at = Math.max(stop, at + 1)
  }
}
