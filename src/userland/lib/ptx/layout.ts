/**
 * A line of a permuted index: tail, before, keyword and after, head, reference, cut to their widths.
 * Linux: coreutils ptx.c, define_all_fields() and output_one_*_line().
 */
import {
  type Found,
  type Occurrence,
  skipNonWhite,
  skipSomething,
  skipWhite,
  skipWhiteBackwards,
  type Text,
  type Words,
} from './occurrences.ts'

export interface Layout extends Found {
  readonly format: 'dumb' | 'roff' | 'tex'
  readonly gap: number
  readonly width: number
  readonly truncation: string
  readonly macro: string
  readonly isGnu: boolean
  readonly rightRefs: boolean
  readonly references: 'none' | 'auto' | 'input'
  readonly words: Words
  readonly texts: readonly Text[]
}

/** A part of the text, with the mark of what was cut off. */
interface Field {
  readonly text: string
  readonly mark: string
}

interface Fields {
  readonly tail: Field
  readonly before: Field
  readonly keyafter: Field
  /** The keyword within keyafter. */
  readonly key: string
  readonly head: Field
  readonly reference: string
}

/** The widths that follow from the options. Linux: fix_output_parameters(). */
function widths(it: Layout): { half: number; before: number; keyafter: number; reference: number } {
  let reference = 0
  if (it.references === 'auto')
    reference = Math.max(...it.texts.map(({ name, text }) => `${lineCount(text)}${name}`.length)) + 1
  else if (it.references === 'input') reference = it.longestReference
  const taken = it.references !== 'none' && !it.rightRefs ? reference + it.gap : 0
  const half = Math.floor(Math.max(0, it.width - taken) / 2)
  const marks = 2 * it.truncation.length
  return {
    half,
    before: it.isGnu ? Math.max(0, half - it.gap - marks) : half - it.gap,
    keyafter: half - marks - (it.isGnu ? 0 : 1),
    reference,
  }
}

const lineCount = (text: string): number => text.split('\n').length

/** Linux: define_all_fields(). */
export function fieldsOf(it: Occurrence, layout: Layout): Fields {
  const { text } = layout.texts[it.file]!
  const { words, truncation } = layout
  const max = widths(layout)
  const skip = (at: number, end: number): number => skipSomething(words, text, at, end)

  let end = it.end
  let cursor = end
  while (cursor < it.contextEnd && cursor <= it.start + max.keyafter) {
    end = cursor
    cursor = skip(cursor, it.contextEnd)
  }
  if (cursor <= it.start + max.keyafter) end = cursor
  let isCutAfter = end < it.contextEnd
  const keyafterEnd = skipWhiteBackwards(text, end, it.start)

  const reach = max.half + layout.longestWord
  const leftStart = it.start - it.contextStart > reach ? skip(it.start - reach, it.start) : it.contextStart
  let beforeStart = leftStart
  const beforeEnd = skipWhiteBackwards(text, it.start, beforeStart)
  while (beforeStart + max.before < beforeEnd) beforeStart = skip(beforeStart, beforeEnd)
  let isCutBefore = skipWhiteBackwards(text, beforeStart, 0) > it.contextStart
  beforeStart = Math.min(skipWhite(text, beforeStart), Math.max(beforeEnd, beforeStart))

  let tail: Field = { text: '', mark: '' }
  const tailMax = max.before - (beforeEnd - beforeStart) - layout.gap
  if (tailMax > 0) {
    const tailStart = skipWhite(text, keyafterEnd)
    let tailEnd = tailStart
    cursor = tailStart
    while (cursor < it.contextEnd && cursor < tailStart + tailMax) {
      tailEnd = cursor
      cursor = skip(cursor, it.contextEnd)
    }
    if (cursor < tailStart + tailMax) tailEnd = cursor
    if (tailEnd > tailStart) isCutAfter = false
    const mark = tailEnd > tailStart && tailEnd < it.contextEnd ? truncation : ''
    tail = { text: text.slice(tailStart, skipWhiteBackwards(text, tailEnd, tailStart)), mark }
  }

  let head: Field = { text: '', mark: '' }
  const headMax = max.keyafter - (keyafterEnd - it.start) - layout.gap
  if (headMax > 0) {
    const headEnd = skipWhiteBackwards(text, beforeStart, 0)
    let headStart = leftStart
    while (headStart + headMax < headEnd) headStart = skip(headStart, headEnd)
    if (headEnd > headStart) isCutBefore = false
    const mark = headEnd > headStart && headStart > it.contextStart ? truncation : ''
    head = { text: text.slice(skipWhite(text, headStart, headEnd), Math.max(headStart, headEnd)), mark }
  }

  return {
    tail,
    before: { text: text.slice(beforeStart, beforeEnd), mark: isCutBefore ? truncation : '' },
    keyafter: { text: text.slice(it.start, keyafterEnd), mark: isCutAfter ? truncation : '' },
    key: text.slice(it.start, Math.min(skip(it.start, keyafterEnd), keyafterEnd)),
    head,
    reference: referenceOf(it, layout, text),
  }
}

function referenceOf(it: Occurrence, { references, texts }: Layout, text: string): string {
  if (references === 'auto') return `${texts[it.file]!.name}:${it.line}`
  return references === 'input'
    ? text.slice(it.lineStart, skipNonWhite(text, it.lineStart, it.contextEnd))
    : ''
}

/** A line as it is printed. */
export function printLine(fields: Fields, layout: Layout): string {
  if (layout.format === 'dumb') return dumbLine(fields, layout)
  return layout.format === 'roff' ? roffLine(fields, layout) : texLine(fields, layout)
}

const spaces = (count: number): string => ' '.repeat(Math.max(0, count))
const sizeOf = ({ text, mark }: Field): number => text.length + mark.length
const plain = (text: string): string => text.replace(/[\t-\r]/g, ' ')

function dumbLine({ tail, before, keyafter, head, reference }: Fields, layout: Layout): string {
  const { half, reference: refWidth } = widths(layout)
  const { gap, rightRefs } = layout
  const hasRefs = layout.references !== 'none'
  const colon = layout.references === 'auto' ? ':' : ''
  const left = rightRefs
    ? ''
    : plain(reference) + colon + spaces(refWidth + gap - reference.length - colon.length)
  const tailed = tail.text ? plain(tail.text) + tail.mark : ''
  const middle =
    spaces(half - gap - sizeOf(before) - tailed.length) +
    before.mark +
    plain(before.text) +
    spaces(gap) +
    plain(keyafter.text) +
    keyafter.mark
  const headed = head.text ? head.mark + plain(head.text) : ''
  const isPadded = headed || (hasRefs && rightRefs)
  const right = isPadded ? spaces(half - sizeOf(keyafter) - headed.length) + headed : ''
  const last = hasRefs && rightRefs ? spaces(gap) + plain(reference) : ''
  return `${left}${tailed}${middle}${right}${last}\n`
}

function roffLine({ tail, before, keyafter, head, reference }: Fields, layout: Layout): string {
  const safe = (text: string): string => plain(text).replaceAll('"', '""')
  const fields = [
    safe(tail.text) + tail.mark,
    before.mark + safe(before.text),
    safe(keyafter.text) + keyafter.mark,
    head.mark + safe(head.text),
  ]
  if (layout.references !== 'none') fields.push(safe(reference))
  return `.${layout.macro} ${fields.map(it => `"${it}"`).join(' ')}\n`
}

function texLine({ tail, before, keyafter, key, head, reference }: Fields, layout: Layout): string {
  const safe = (text: string): string =>
    plain(text).replace(/[$%&#_{}\\]/g, it =>
      it === '\\' ? '\\backslash{}' : /[{}]/.test(it) ? `$\\${it}$` : `\\${it}`,
    )
  const fields = [tail.text, before.text, key, keyafter.text.slice(key.length), head.text]
  if (layout.references !== 'none') fields.push(reference)
  return `\\${layout.macro} ${fields.map(it => `{${safe(it)}}`).join('')}\n`
}
