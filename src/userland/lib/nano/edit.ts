/** What changes the text in nano: typing, cutting, pasting, indenting, justifying. Linux: nano's text.c, cut.c. */
import { compare, type Place } from '../editor-buffer.ts'
import { charAt, columnOf, indentOf, nextAt, previousAt, wordClass } from '../editor-columns.ts'
import type { Nano } from './state.ts'
import { textWidth } from '../wcwidth.ts'

/** Put text in at the cursor. */
export function typeText(nano: Nano, text: string): void {
  nano.edit('addition', () => {
    nano.moveTo(nano.text.insert(nano.cursor, text))
    if (nano.options.breakLongLines) breakLine(nano)
  })
}

export function newLine(nano: Nano): void {
  nano.edit('line break', () => {
    const indent = nano.options.autoindent ? indentOf(nano.line.slice(0, nano.cursor.at)) : ''
    nano.moveTo(nano.text.insert(nano.cursor, `\n${indent}`))
  })
}

/** Hard wrapping: what exceeds the width goes to a new line. */
function breakLine(nano: Nano): void {
  const width = fillWidth(nano)
  const { line, at } = nano.cursor
  const text = nano.line
  if (columnOf(text, text.length, nano.display) <= width) return
  const cut = breakAt(text, width, nano)
  if (cut <= 0 || cut >= text.length) return
  nano.text.splice(line, 1, [text.slice(0, cut), text.slice(cut)])
  if (at > cut) nano.moveTo({ line: line + 1, at: at - cut })
}

/** -r: columns that a line may have; from the right edge when negative or 0. */
export const fillWidth = (nano: Nano): number =>
  nano.options.fill > 0 ? nano.options.fill : Math.max(1, nano.screen.cols + nano.options.fill)

export function backspace(nano: Nano): void {
  const { line, at } = nano.cursor
  if (nano.file.mark && nano.zap) return cutRegion(nano, 'erasure', false)
  if (line === 0 && at === 0) return
  nano.edit(at ? 'deletion' : 'line join', () => {
    const from = at
      ? { line, at: previousAt(nano.line, at) }
      : { line: line - 1, at: nano.text.line(line - 1).length }
    nano.text.remove(from, nano.cursor)
    nano.moveTo(from)
  })
}

export function deleteForward(nano: Nano): void {
  const { line, at } = nano.cursor
  if (nano.file.mark && nano.zap) return cutRegion(nano, 'erasure', false)
  if (line === nano.lastLine && at >= nano.line.length) return
  if (at >= nano.line.length && line === nano.lastLine - 1 && nano.text.line(line + 1) === '' && at > 0)
    return
  nano.edit(at < nano.line.length ? 'deletion' : 'line join', () => {
    const to = at < nano.line.length ? { line, at: nextAt(nano.line, at) } : { line: line + 1, at: 0 }
    nano.text.remove(nano.cursor, to)
  })
}

// ---- Cutting

/** Take a piece out, into the cut buffer; more of it when the command before did so too. */
function take(nano: Nano, from: Place, to: Place, kind: string, keep: boolean): void {
  if (compare(from, to) === 0) return
  const piece = nano.text.slice(from, to).split('\n')
  nano.edit(kind, () => {
    nano.text.remove(from, to)
    nano.moveTo(from)
  })
  if (!keep || nano.options.view) return
  nano.cutBuffer = nano.keepCut ? joined(nano.cutBuffer, piece) : piece
}

const joined = (a: readonly string[], b: readonly string[]): string[] =>
  a.length ? [...a.slice(0, -1), a.at(-1)! + b[0]!, ...b.slice(1)] : [...b]

function cutRegion(nano: Nano, kind: string, keep: boolean): void {
  const { from, to } = nano.region()!
  nano.file.mark = undefined
  nano.keepCut = false
  take(nano, from, to, kind, keep)
}

/** ^K: the marked text, or the line. */
export function cut(nano: Nano): void {
  nano.message = ''
  if (nano.file.mark) return cutRegion(nano, 'cut', true)
  const { line, at } = nano.cursor
  const start = nano.options.cutFromCursor ? nano.cursor : { line, at: 0 }
  const whole = nano.options.cutFromCursor && at < nano.line.length
  const to = whole || line >= nano.lastLine ? { line, at: nano.line.length } : { line: line + 1, at: 0 }
  if (line >= nano.lastLine && nano.line === '') return nano.say('Nothing was cut', 'alert')
  take(nano, start, to, 'cut', true)
  nano.keepCut = true
}

/** M-T: everything from the cursor on. */
export function cutTillEnd(nano: Nano): void {
  nano.message = ''
  take(nano, nano.cursor, { line: nano.lastLine, at: nano.text.line(nano.lastLine).length }, 'cut', true)
}

/** M-6: copy the marked text, or the line. */
export function copy(nano: Nano): void {
  nano.message = ''
  const region = nano.region()
  const { line } = nano.cursor
  const to = line < nano.lastLine ? { line: line + 1, at: 0 } : { line, at: nano.line.length }
  const [from, end] = region ? [region.from, region.to] : [{ line, at: 0 }, to]
  const piece = nano.text.slice(from, end).split('\n')
  nano.cutBuffer = nano.keepCut && !region ? joined(nano.cutBuffer, piece) : piece
  nano.file.mark = undefined
  if (region) return
  nano.keepCut = true
  nano.moveTo({ line: line + 1, at: nano.cursor.at })
}

export function paste(nano: Nano): void {
  nano.message = ''
  if (!nano.cutBuffer.length) return nano.say('Cutbuffer is empty', 'alert')
  nano.edit('paste', () => nano.moveTo(nano.text.insert(nano.cursor, nano.cutBuffer.join('\n'))))
}

// ---- Words

const isWord = (line: string, at: number): boolean => wordClass(charAt(line, at), false) >= 2

/** The beginning of the next word. */
export function nextWord(nano: Nano): Place {
  let { line, at } = nano.cursor
  let inWord = isWord(nano.line, at)
  for (;;) {
    const text = nano.text.line(line)
    if (at >= text.length) {
      if (line >= nano.lastLine) return { line, at }
      line++
      at = 0
      inWord = false
    } else at = nextAt(text, at)
    const here = isWord(nano.text.line(line), at)
    if (here && !inWord) return { line, at }
    inWord = here
  }
}

export function previousWord(nano: Nano): Place {
  let { line, at } = nano.cursor
  let seen = false
  for (;;) {
    if (at === 0) {
      if (seen || line === 0) return { line, at }
      line--
      at = nano.text.line(line).length
      continue
    }
    const before = previousAt(nano.text.line(line), at)
    const word = isWord(nano.text.line(line), before)
    if (seen && !word) return { line, at }
    seen = word
    at = before
  }
}

export function deleteWord(nano: Nano, forward: boolean): void {
  const to = forward ? nextWord(nano) : previousWord(nano)
  const [from, end] = forward ? [nano.cursor, to] : [to, nano.cursor]
  take(nano, from, end, 'cut', false)
}

// ---- Whole lines

function markedLines(nano: Nano): [number, number] {
  const region = nano.region()
  if (!region) return [nano.cursor.line, nano.cursor.line]
  const last = region.to.at === 0 && region.to.line > region.from.line ? region.to.line - 1 : region.to.line
  return [region.from.line, last]
}

function changeLines(nano: Nano, kind: string, change: (text: string) => string): void {
  const [first, last] = markedLines(nano)
  const { line, at } = nano.cursor
  nano.edit(kind, () => {
    for (let i = first; i <= last; i++) {
      const old = nano.text.line(i)
      const text = change(old)
      nano.text.setLine(i, text)
      if (i === line) nano.moveTo({ line, at: Math.max(0, at + text.length - old.length) })
      if (i === nano.file.mark?.line)
        nano.file.mark = { line: i, at: Math.max(0, nano.file.mark.at + text.length - old.length) }
    }
  })
}

export function indent(nano: Nano): void {
  const unit = nano.options.tabsToSpaces ? ' '.repeat(nano.options.tabSize) : '\t'
  changeLines(nano, 'indent', text => (text ? unit + text : text))
}

export function unindent(nano: Nano): void {
  const size = nano.options.tabSize
  changeLines(nano, 'unindent', text => text.replace(new RegExp(`^( {0,${size - 1}}\\t| {1,${size}})`), ''))
}

/** M-3: put a # before lines, or take it away when all have one. */
export function comment(nano: Nano): void {
  const [first, last] = markedLines(nano)
  const lines = nano.text.lines.slice(first, last + 1).filter(it => it.trim())
  const all = lines.length > 0 && lines.every(it => it.startsWith('#'))
  changeLines(nano, all ? 'uncomment' : 'comment', text =>
    !text.trim() ? text : all ? text.slice(1) : `#${text}`,
  )
}

// ---- Justifying

/** Where a line too wide is to be broken: behind the last blank that fits. */
function breakAt(text: string, width: number, nano: Nano): number {
  let best = -1
  for (let at = 0; at < text.length; at = nextAt(text, at)) {
    if (columnOf(text, at, nano.display) > width && best > 0) break
    if (/[ \t]/.test(text[at]!) && at > indentOf(text).length) best = at + 1
  }
  return best
}

/** Words as lines no wider than the fill column. */
function wrap(words: readonly string[], indentation: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line && textWidth(indentation + line) + 1 + textWidth(word) > width) {
      lines.push(indentation + line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, indentation + line]
}

/** ^J justifies the paragraph, M-J the file. */
export function justify(nano: Nano, whole: boolean): void {
  const { lines } = nano.text
  let first = whole ? 0 : nano.cursor.line
  while (!whole && first > 0 && lines[first]!.trim() && lines[first - 1]!.trim()) first--
  while (first < lines.length - 1 && !lines[first]!.trim()) first++
  if (!lines[first]?.trim()) return
  let last = first
  while (last + 1 < lines.length && (whole || lines[last + 1]!.trim())) last++
  const done: string[] = []
  let paragraph: string[] = []
  const finish = () => {
    if (!paragraph.length) return
    // Two blanks stay only behind the end of a sentence.
    const words = paragraph
      .join(' ')
      .trim()
      .split(/[ \t]+/)
    done.push(...wrap(words, indentOf(paragraph[0]!), fillWidth(nano)))
    paragraph = []
  }
  for (const line of lines.slice(first, last + 1)) {
    if (line.trim()) paragraph.push(line)
    else {
      finish()
      done.push(line)
    }
  }
  finish()
  nano.edit('justification', () => {
    const old = nano.cursor
    nano.text.splice(first, last - first + 1, done)
    nano.moveTo(
      whole ? { line: Math.min(old.line, nano.lastLine), at: 0 } : { line: first + done.length, at: 0 },
    )
  })
  if (nano.file.top > first) nano.file.top = Math.max(0, nano.cursor.line - Math.floor(nano.editRows / 2))
  nano.say(whole ? 'Justified file' : 'Justified paragraph')
}
