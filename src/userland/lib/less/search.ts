/** Looking for text, and showing only the lines that match. Linux: less's search.c. */
import type { Blocking } from '../../../abi/index.ts'
import { ask } from './prompt.ts'
import type { Less } from './screen.ts'

/** / and ?: asks for a pattern; an empty one means the last. */
export function* search(less: Less, backwards: boolean, count: number): Blocking<void> {
  const typed = yield* ask(less, backwards ? '?' : '/')
  if (typed === undefined) return
  if (typed) yield* searchFor(less, typed, backwards, count)
  else {
    less.backwards = backwards
    yield* again(less, false, count)
  }
}

/** Looks for a pattern as it was typed, `!` before it for lines without. */
export function* searchFor(less: Less, typed: string, backwards: boolean, count: number): Blocking<void> {
  const inverted = typed.startsWith('!')
  const pattern = less.compile(inverted ? typed.slice(1) : typed)
  if (!pattern) return
  less.pattern = pattern
  less.highlight = !inverted
  less.backwards = backwards
  const spots = yield* less.shown()
  const from = backwards ? (spots.at(-1)?.line ?? 0) + 1 : less.first ? less.top.line - 1 : less.top.line
  less.first = ''
  yield* findLine(
    less,
    backwards,
    backwards ? from : less.fresh && !less.padded ? less.top.line - 1 : from,
    count,
    inverted,
  )
}

/** n and N. */
export function* again(less: Less, reverse: boolean, count: number): Blocking<void> {
  if (!less.pattern) {
    less.message = 'No previous regular expression'
    return
  }
  less.highlight = true
  yield* findLine(less, less.backwards !== reverse, less.top.line, count, false)
}

/** Goes to the `count`-th line that matches, from `from` on. */
function* findLine(
  less: Less,
  backwards: boolean,
  from: number,
  count: number,
  inverted: boolean,
): Blocking<void> {
  const step = backwards ? -1 : 1
  let left = count
  for (let line = from + step; line >= 0; line += step) {
    if (!(yield* less.text.fill(line + 1))) return less.interrupted()
    if (line >= less.text.lines.length) break
    if (line % 512 === 0) yield* less.sys.burn(100_000)
    less.pattern!.lastIndex = 0
    if (less.pattern!.test(less.text.lines[line]!) === inverted || !less.visible(line) || --left) continue
    less.padded = true
    less.text.marks.set("'", less.top)
    less.top = { line, row: 0 }
    if (line === less.text.lines.length) yield* less.pullBack()
    return
  }
  less.message = 'Pattern not found'
}

/** &: only the lines that match are shown. */
export function* filterBy(less: Less): Blocking<void> {
  const typed = yield* ask(less, '&/')
  if (typed === undefined) return
  less.padded = true
  const inverted = typed.startsWith('!')
  const pattern = typed ? less.compile(inverted ? typed.slice(1) : typed) : undefined
  less.filter = pattern && { pattern, inverted }
}
