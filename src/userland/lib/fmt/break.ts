/**
 * Where a paragraph breaks into lines. As in TeX, all ways to break it are weighed: lines should be as long as the
 * goal, alike, and end where sentences do. Linux: coreutils fmt.c:fmt_paragraph() and its costs.
 */

/** A word of a paragraph and what makes it good or bad to break around it. */
export interface FmtWord {
  readonly text: string
  /** In bytes. */
  readonly length: number
  /** Blanks after it. */
  readonly space: number
  readonly opens: boolean
  readonly hasPunctuation: boolean
  /** It ends like a sentence, and it does end one. */
  readonly isPeriod: boolean
  readonly isFinal: boolean
}

export interface Shape {
  /** Lines are shorter than this. */
  readonly width: number
  /** The length lines should have. */
  readonly goal: number
  readonly firstIndent: number
  readonly otherIndent: number
}

const squared = (n: number): number => n * n
const LINE_COST = squared(70)
const WIDOW_COST = squared(200)
const ORPHAN_COST = squared(150)
const NOBREAK_COST = squared(600)
const SENTENCE_BONUS = squared(50)
const PAREN_BONUS = squared(40)
const PUNCT_BONUS = squared(40)

/** What it costs that a line is so much off the goal, and off the next line. */
const shortCost = (n: number): number => squared(n * 10)
const raggedCost = (n: number): number => shortCost(n) / 2

/** What it costs to begin a line with a word. */
function baseCost(words: readonly FmtWord[], at: number): number {
  let cost = LINE_COST
  const before = words[at - 1]
  if (before?.isPeriod) cost += before.isFinal ? -SENTENCE_BONUS : NOBREAK_COST
  else if (before?.hasPunctuation) cost -= PUNCT_BONUS
  else if (before && words[at - 2]?.isFinal) cost += Math.floor(WIDOW_COST / (before.length + 2))
  const word = words[at]!
  if (word.opens) cost -= PAREN_BONUS
  else if (word.isFinal) cost += Math.floor(ORPHAN_COST / (word.length + 2))
  return cost
}

/** The lines of a paragraph: where each begins, and a last number for the end. */
export function lines(words: readonly FmtWord[], { width, goal, firstIndent, otherIndent }: Shape): number[] {
  const count = words.length
  const best = new Array<number>(count + 1).fill(0)
  const next = new Array<number>(count + 1).fill(count)
  const lengths = new Array<number>(count + 1).fill(0)
  const lineCost = (end: number, length: number): number => {
    if (end === count) return 0
    return shortCost(goal - length) + (next[end] === count ? 0 : raggedCost(length - lengths[end]!))
  }
  for (let start = count - 1; start >= 0; start--) {
    let least = Number.POSITIVE_INFINITY
    let length = (start ? otherIndent : firstIndent) + words[start]!.length
    for (let end = start + 1; ; end++) {
      const cost = lineCost(end, length) + best[end]!
      if (cost < least) {
        least = cost
        next[start] = end
        lengths[start] = length
      }
      if (end === count) break
      length += words[end - 1]!.space + words[end]!.length
      if (length >= width) break
    }
    best[start] = least + baseCost(words, start)
  }
  const starts = [0]
  while (starts.at(-1)! < count) starts.push(next[starts.at(-1)!]!)
  return starts
}
